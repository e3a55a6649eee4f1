"""Writes of units: every unit, placement, person, post and appointment begins here.

These are the acts of setting an installation up; the caller checks the right. Changing a tree that
already works (merging, splitting, abolishing) is a wizard of its own and not among them.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Appointment, Person, Placement, Post, Role, Tree, Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.names import name_key
from lotrinh.rules.sorting import person_key, sort_key


class AlreadyPlaced(Exception):
    """The unit stands elsewhere in this tree on at least one of these days."""


class ParentNotInForce(Exception):
    """The parent does not stand in this tree throughout the interval asked for."""


class AlreadyAppointed(Exception):
    """The person holds this post on at least one of these days."""


class ActionUnknown(Exception):
    """A role can carry only actions that the product asks for."""


@transaction.atomic
def define_role(
    *, code: str, name_vi: str, name_en: str, actions: Iterable[str], actor: Named, at: datetime
) -> Role:
    """Make a role carry exactly ``actions`` from now on. Raises ActionUnknown."""
    wanted = sorted(set(actions))
    unknown = [name for name in wanted if name not in set(Action)]
    if unknown:
        raise ActionUnknown(", ".join(unknown))
    role, _ = Role.objects.update_or_create(
        code=code, defaults={"name_vi": name_vi, "name_en": name_en, "actions": wanted}
    )
    journal.record(
        "role.defined",
        journal.reference("role", code),
        actor=actor,
        at=at,
        data={"code": code, "actions": wanted},
    )
    return role


@transaction.atomic
def create_tree(*, code: str, name_vi: str, name_en: str, actor: Named, at: datetime) -> Tree:
    """Open an empty hierarchy."""
    tree = Tree.objects.create(code=code, name_vi=name_vi, name_en=name_en)
    subject = journal.reference("tree", code)
    journal.record("tree.created", subject, actor=actor, at=at, data={"code": code})
    return tree


@transaction.atomic
def create_unit(
    *,
    code: str,
    kind: str,
    name_vi: str,
    name_en: str,
    aliases: Iterable[str] = (),
    actor: Named,
    at: datetime,
) -> Unit:
    """Register an organisation. It stands nowhere until it is placed."""
    others = list(aliases)
    unit = Unit.objects.create(
        code=code,
        kind=kind,
        name_vi=name_vi,
        name_en=name_en,
        aliases=others,
        name_keys=sorted({name_key(name) for name in (name_vi, name_en, *others)}),
        sort_key=sort_key(name_vi),
    )
    journal.record(
        "unit.created", unit.named, actor=actor, at=at, unit_uid=unit.uid, data={"code": code}
    )
    return unit


@transaction.atomic
def place_unit(
    *,
    unit: Unit,
    tree: Tree,
    parent: Unit | None,
    since: date,
    until: date | None = None,
    legal_basis: str = "",
    actor: Named,
    at: datetime,
) -> Placement:
    """Put a unit under ``parent`` (None: at the root) from ``since`` to the day before ``until``.

    The parent must itself stand in the tree for the whole interval.
    Raises AlreadyPlaced, ParentNotInForce.
    """
    valid = DateRange(since, until)
    path = str(unit.pk)
    if parent is not None:
        above = Placement.objects.filter(unit=parent, tree=tree, valid__contains=valid).first()
        if above is None:
            raise ParentNotInForce(f"{parent.code} from {since} to {until}")
        path = f"{above.path}.{unit.pk}"
    try:
        with transaction.atomic():
            placement = Placement.objects.create(
                unit=unit, tree=tree, parent=parent, path=path, valid=valid, legal_basis=legal_basis
            )
    except IntegrityError as refused:
        raise AlreadyPlaced(f"{unit.code} from {since} to {until}") from refused
    journal.record(
        "unit.placed",
        unit.named,
        actor=actor,
        at=at,
        unit_uid=unit.uid,
        data={
            "tree": tree.code,
            "parent": str(parent.uid) if parent else None,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
        },
    )
    return placement


@transaction.atomic
def register_person(
    *, full_name: str, user: User | None = None, actor: Named, at: datetime
) -> Person:
    """Register somebody; with an account, the journal shows this name for what the account does."""
    person = Person.objects.create(full_name=full_name, sort_key=person_key(full_name), user=user)
    journal.name_subject(uid=person.uid, name=full_name)
    if user is not None:
        journal.name_subject(uid=user.uid, name=full_name)
    journal.record("person.registered", Named("person", person.uid), actor=actor, at=at)
    return person


@transaction.atomic
def create_post(
    *,
    unit: Unit,
    scope: Unit | None = None,
    role: Role,
    title_vi: str,
    title_en: str,
    rank: int = 0,
    actor: Named,
    at: datetime,
) -> Post:
    """Open a position in a unit whose role reaches the subtree of ``scope`` (None: of the unit).

    ``rank`` orders the posts of a unit, lowest first.
    """
    reached = scope or unit
    post = Post.objects.create(
        unit=unit, scope=reached, role=role, title_vi=title_vi, title_en=title_en, rank=rank
    )
    journal.record(
        "post.created",
        Named("post", post.uid),
        actor=actor,
        at=at,
        unit_uid=unit.uid,
        data={"role": role.code, "scope": str(reached.uid)},
    )
    return post


@transaction.atomic
def appoint(
    *,
    person: Person,
    post: Post,
    since: date,
    until: date | None = None,
    actor: Named,
    at: datetime,
) -> Appointment:
    """Let a person hold a post from ``since`` to the day before ``until``.

    Raises AlreadyAppointed.
    """
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                person=person, post=post, valid=DateRange(since, until)
            )
    except IntegrityError as refused:
        raise AlreadyAppointed(f"{person.uid} in {post.uid} from {since}") from refused
    journal.record(
        "person.appointed",
        Named("person", person.uid),
        actor=actor,
        at=at,
        unit_uid=post.unit.uid,
        data={"post": str(post.uid), "since": since.isoformat()},
    )
    return appointment
