"""Taking over people and posts from a sheet, row by row through the services of people."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.units.models import Appointment, Person, Post, Role, Unit, within
from lotrinh.apps.units.selectors.rights import may_throughout
from lotrinh.apps.units.selectors.roles import may_define
from lotrinh.apps.units.selectors.sheets import Grid, PeopleJudged, judged_people
from lotrinh.apps.units.services.appointing import AppointsHimself
from lotrinh.apps.units.services.importing import ImportNotAllowed
from lotrinh.apps.units.services.people import appoint, create_post, delegate, register_person
from lotrinh.apps.units.services.turns import await_organisation
from lotrinh.rules.actions import STRONG, Action
from lotrinh.rules.people_sheet import DELEGATED, PostKey, PostRow
from lotrinh.rules.sheets import counted, tidy

Progress = Callable[[int, int], None]
"""Told how many rows are written, and how many there are."""


@transaction.atomic
def import_people(
    *,
    grid: Grid,
    user: User | None,
    on: date,
    at: datetime,
    progress: Progress | None = None,
) -> PeopleJudged:
    """Write the good rows of a sheet of people and posts; return what became of each row.

    An account that is named and not there is opened without a password. ``user`` None is the
    installation itself; an account is held to what it may give one by one: no post to itself, and
    posts from which others get their rights only where it defines roles. Raises ImportNotAllowed,
    AppointsHimself, NoHead.
    """
    await_organisation()
    actor = _allowed(user, on=on)
    judged = judged_people(grid)
    if user is not None:
        _check_given(judged.plan.new, user, on=on)
    register = _Register(actor, at)
    for done, row in enumerate(judged.plan.new, start=1):
        register.enter(row)
        if progress:
            progress(done, len(judged.plan.new))
    if judged.plan.new:
        counts = counted(judged.plan.verdicts)
        sheet = journal.reference("sheet", "people")
        journal.record("sheet.imported", sheet, actor=actor, at=at, data=counts)
    return judged


def _allowed(user: User | None, *, on: date) -> Named:
    """Return who acts."""
    if user is None:
        return SYSTEM
    if not may_throughout(user_id=user.pk, action=Action.APPOINT_PEOPLE, on=on):
        raise ImportNotAllowed(Action.APPOINT_PEOPLE)
    return user.named


def _check_given(rows: Iterable[PostRow], user: User, *, on: date) -> None:
    strong = Role.objects.filter(actions__overlap=sorted(STRONG))
    codes = set(strong.values_list("code", flat=True))
    defines = may_define(user_id=user.pk, on=on)
    for row in rows:
        if row.sign_in == user.sign_in_name:
            raise AppointsHimself(f"row {row.line}")
        if row.role in codes and not defines:
            raise ImportNotAllowed(f"row {row.line}: {row.role}")


class _Register:
    """Enters rows of people and posts; knows what it has met."""

    def __init__(self, actor: Named, at: datetime) -> None:
        self._actor, self._at = actor, at
        self._units = {unit.code: unit for unit in Unit.objects.all()}
        self._roles = {role.code: role for role in Role.objects.all()}
        self._posts: defaultdict[PostKey, list[Post]] = defaultdict(list)
        for post in Post.objects.select_related("unit", "scope", "role").order_by("pk"):
            titles = tidy(post.title_vi), tidy(post.title_en)
            key = (post.unit.code, *titles, post.role.code, post.scope.code, post.rank)
            self._posts[key].append(post)
        self._people: dict[tuple[str, str, str], Person] = {}
        held = Appointment.objects.filter(person__user=None).select_related("person", "post__unit")
        for appointment in held:
            who = appointment.person
            self._people[tidy(who.full_name), appointment.post.unit.code, ""] = who

    def enter(self, row: PostRow) -> None:
        """Write one row."""
        post = self._post(row) if row.unit else None
        person = self._person(row) if row.full_name else None
        if post is None or person is None or row.since is None:
            return
        if row.held_as == DELEGATED:
            delegate(
                lender=self._lender(row),
                person=person,
                since=row.since,
                until=row.until,
                actions=row.actions,
                legal_basis=row.legal_basis,
                actor=self._actor,
                at=self._at,
            )
            return
        appoint(
            person=person,
            post=post,
            since=row.since,
            until=row.until,
            acting=row.held_as == "acting",
            legal_basis=row.legal_basis,
            actor=self._actor,
            at=self._at,
        )

    def _lender(self, row: PostRow) -> Appointment:
        """Return the holder who lends the post: there is one, the rules have seen to it."""
        days = DateRange(row.since, row.until)
        found = Appointment.objects.filter(
            post__in=self._posts[row.post], lent_by=None, valid__contains=days
        )
        return found.order_by("pk")[0]

    def _post(self, row: PostRow) -> Post:
        """Return the post that is there on the days of the row; one that ended is another."""
        days, known = DateRange(row.since, row.until), self._posts[row.post]
        found = [post for post in known if row.since is None or within(days, post.valid)]
        if not found:
            opened = create_post(
                unit=self._units[row.unit],
                scope=self._units[row.scope],
                role=self._roles[row.role],
                title_vi=row.title_vi,
                title_en=row.title_en,
                rank=row.rank,
                actor=self._actor,
                at=self._at,
            )
            known.append(opened)
            found.append(opened)
        return found[0]

    def _person(self, row: PostRow) -> Person:
        if row.person not in self._people:
            user = self._account(row.sign_in) if row.sign_in else None
            known = Person.objects.filter(user=user).first() if user else None
            self._people[row.person] = known or register_person(
                full_name=row.full_name, user=user, actor=self._actor, at=self._at
            )
        return self._people[row.person]

    def _account(self, sign_in: str) -> User:
        known = User.objects.filter(sign_in_name=sign_in).first()
        return known or accounts.create_user(
            sign_in_name=sign_in, password=None, actor=self._actor, at=self._at
        )
