"""Building the city: units, people, documents, what was decided about them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import resources
from itertools import count, cycle
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.accounts import services as account_services
from lotrinh.apps.documents.reference import load_reference
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.reference import load_calendar
from lotrinh.apps.intake import selectors as intake
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services as unit_services
from lotrinh.apps.units.reference import load_roles
from lotrinh.demo import (
    conferences,
    decisions,
    hanoi,
    life,
    periods,
    publication,
    reports,
    reviews,
    titles,
)
from lotrinh.demo.cast import PASSWORD, Member, data, day_of_demo, members
from lotrinh.demo.submission import submit_and_read

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Tree, Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FOUNDED = date(2023, 8, 1)
"""The day on which the demonstration's installation was set up."""
FIRST = date(2008, 8, 1)
"""The day on which the enlarged city began."""
MORNING = time(8, 0)
Progress = Callable[[str, int, int], None]
"""Told what is being built, how much is done and how much there is."""

VILLAGES = ("Sen", "Gạo", "Lúa", "Trúc", "Cau", "Đa", "Gấm", "Lụa", "Mây", "Sim", "Chàm", "Ngải")
SIDES = ("Đông", "Tây", "Nam", "Bắc", "Thượng", "Hạ", "Trung", "Tân", "Cổ", "Phú")
SIDES_EN = ("East", "West", "South", "North", "Upper", "Lower", "Central", "New", "Old", "Rich")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the city holds on its day, as one planning officer of the whole city counts it."""

    today: date
    units: int
    people: int
    documents: int
    texts: int
    candidates: int
    undecided: int
    drafts: int
    issued: int
    late: int
    targets: int


def build(*, unit_count: int | None, progress: Progress) -> Summary:
    """Build the whole city in an empty, migrated database and return its summary.

    ``unit_count`` asks for at least so many units: invented communes fill up what is missing.
    """
    today = day_of_demo()
    at = datetime.combine(FOUNDED, MORNING, ZONE)
    load_roles(actor=SYSTEM, at=at)
    load_reference(actor=SYSTEM, at=at)
    load_calendar(actor=SYSTEM, at=at)
    _build_units(unit_count, at=at, progress=progress)
    _build_people(at=at, progress=progress)
    _read_documents(progress=progress)
    decisions.decide_all(on=today, zone=ZONE, progress=progress)
    begun = min(row["decided_on"] for row in data("decisions")["decision"])
    periods.begin_all(since=begun, on=today, zone=ZONE)
    life.live_all(on=today, zone=ZONE)
    periods.speak_for_real_bodies(on=today, zone=ZONE)
    titles.divide_all(zone=ZONE)
    conferences.hold_all(zone=ZONE)
    reports.report_all(zone=ZONE)
    reviews.review_all(zone=ZONE)
    publication.publish_all(on=today, zone=ZONE)
    return summary(on=today)


def summary(*, on: date) -> Summary:
    """Count what the city holds, as the planning officer of the whole city sees it."""
    officer = accounts.user_by_sign_in_name(members()[0].sign_in)
    if officer is None:
        raise LookupError(members()[0].sign_in)
    seen: dict[str, Any] = {"seen_by": officer.pk, "on": on}
    held = duties.counts(**seen)
    read = intake.totals(**seen)
    return Summary(
        today=on,
        units=len(units.tree_on(on=on)),
        people=len(members()),
        documents=intake.read_documents(**seen),
        texts=intake.read_texts(**seen),
        candidates=read.proposals,
        undecided=read.undecided,
        drafts=held.drafts,
        issued=held.issued,
        late=held.overdue,
        targets=targets.heads(**seen).count(),
    )


def _build_units(unit_count: int | None, *, at: datetime, progress: Progress) -> None:
    """Create and place the units, parents before children."""
    rows = data("units")
    tree = unit_services.create_tree(
        code=units.MAIN_TREE,
        name_vi=rows["tree_name_vi"],
        name_en=rows["tree_name_en"],
        actor=SYSTEM,
        at=at,
    )
    wanted = [*rows["unit"], *_more_communes(rows["unit"], unit_count)]
    made = {}
    for done, row in enumerate(wanted, start=1):
        unit = made[row["code"]] = unit_services.create_unit(
            code=row["code"],
            kind=row["kind"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            aliases=row.get("aliases", []),
            abbreviations=row.get("abbreviations", []),
            since=row["from"],
            actor=SYSTEM,
            at=at,
        )
        unit_services.place_unit(
            unit=unit,
            tree=tree,
            parent=made[row["parent"]] if "parent" in row else None,
            since=row["from"],
            until=row.get("until"),
            legal_basis=row.get("legal_basis", ""),
            actor=SYSTEM,
            at=at,
        )
        progress("units", done, len(wanted))
    _build_trees(made, wanted, at=at)
    _build_groups(tree, made, at=at)
    hanoi.build(tree=tree, at=at, progress=lambda done, total: progress("units", done, total))


def _build_trees(
    made: Mapping[str, "Unit"], rows: Iterable[Mapping[str, Any]], *, at: datetime
) -> None:
    """Open the trees of the Party, the government and the Front over the same units."""
    for told in data("trees")["tree"]:
        names = {key: told[key] for key in ("code", "name_vi", "name_en")}
        tree = unit_services.create_tree(**names, actor=SYSTEM, at=at)
        root = made[told["root"]]
        given: dict[str, Any] = {"tree": tree, "actor": SYSTEM, "at": at}
        unit_services.place_unit(unit=root, parent=None, since=FIRST, **given)
        for row in rows:
            if row["kind"] not in told["kinds"] or row["code"] in told.get("except", ()):
                continue
            if made[row["code"]] != root:
                unit_services.place_unit(
                    unit=made[row["code"]],
                    parent=root,
                    since=row["from"],
                    until=row.get("until"),
                    **given,
                )


def _build_groups(tree: "Tree", made: Mapping[str, "Unit"], *, at: datetime) -> None:
    """Save the choices of units that every office needs."""
    for told in data("trees")["group"]:
        choice = unit_services.Choice(
            name_vi=told["name_vi"],
            name_en=told["name_en"],
            tree=tree,
            kinds=told.get("kinds", ()),
            added=tuple(made[code] for code in told.get("added", ())),
        )
        unit_services.save_group(code=told["code"], choice=choice, actor=SYSTEM, at=at)


def _more_communes(
    rows: list[dict[str, object]], unit_count: int | None
) -> list[dict[str, object]]:
    """Return invented communes under the invented districts, as many as are still wanted."""
    there = len(rows) + hanoi.communes_on(day_of_demo())
    missing = max((unit_count or 0) - there, 0)
    invented = [row for row in rows if row["kind"] == "district" and "(mẫu)" in str(row["name_vi"])]
    places = cycle(invented)
    names = (
        (f"{village} {side}", f"{village} {side_en}", turn)
        for turn in count(1)
        for village in VILLAGES
        for side, side_en in zip(SIDES, SIDES_EN, strict=True)
    )
    more: list[dict[str, object]] = []
    for number in range(1, missing + 1):
        vi, en, turn = next(names)
        suffix = f" {turn}" if turn > 1 else ""
        parent = next(places)
        more.append(
            {
                "code": f"xa-mau-{number}",
                "kind": "commune",
                "name_vi": f"Xã {vi}{suffix} (mẫu)",
                "name_en": f"{en}{suffix} Commune (sample)",
                "parent": parent["code"],
                "from": parent["from"],
            }
        )
    return more


def _build_people(*, at: datetime, progress: Progress) -> None:
    for done, member in enumerate(members(), start=1):
        _build_member(member, at=at)
        progress("people", done, len(members()))
    _give_mandates(at=at)


def _give_mandates(*, at: datetime) -> None:
    """Let the inspectors of the story begin their work."""
    for row in data("people")["mandate"]:
        user = accounts.user_by_sign_in_name(row["holder"])
        person = units.person_of(user_id=user.pk) if user else None
        role, scope = units.role_by_code(row["role"]), units.unit_by_code(row["scope"])
        if person is None or role is None or scope is None:
            raise LookupError(row["holder"])
        unit_services.give_mandate(
            role=role,
            scope=scope,
            people=[person],
            subject=row["subject"],
            legal_basis=row["legal_basis"],
            since=row["from"],
            until=row["until"],
            actor=SYSTEM,
            at=at,
        )


def _build_member(member: Member, *, at: datetime) -> None:
    """Open the account, register the person, open the post and appoint."""
    unit, scope = units.unit_by_code(member.unit), units.unit_by_code(member.scope)
    role = units.role_by_code(member.role)
    if unit is None or scope is None or role is None:
        raise LookupError(f"{member.sign_in}: {member.unit}, {member.scope}, {member.role}")
    user = account_services.create_user(
        sign_in_name=member.sign_in,
        password=PASSWORD,
        language=member.language,
        actor=SYSTEM,
        at=at,
    )
    person = unit_services.register_person(full_name=member.name, user=user, actor=SYSTEM, at=at)
    post = unit_services.create_post(
        unit=unit,
        scope=scope,
        role=role,
        title_vi=member.title_vi,
        title_en=member.title_en,
        actor=SYSTEM,
        at=at,
    )
    unit_services.appoint(person=person, post=post, since=member.since, actor=SYSTEM, at=at)


def _read_documents(*, progress: Progress) -> None:
    """Submit every sample document as its keeper's officer and read it as the worker would.

    Each arrives on the day on which it was registered.
    """
    rows = data("documents")["document"]
    kept: dict[str, UUID] = {}
    for done, row in enumerate(rows, start=1):
        day = row["registered_on"]
        text = resources.files(__package__).joinpath("texts", row["file"]).read_bytes()
        kept[row["code"]] = submit_and_read(
            content=text,
            source_name=row["file"],
            keeper_code=row["keeper"],
            translation_of=kept.get(row.get("rendition_of", "")),
            sent_to=row.get("sent_to", ()),
            client_key=uuid5(NAMESPACE_URL, f"urn:lotrinh:demo:{row['code']}"),
            on=day,
            at=datetime.combine(day, MORNING, ZONE),
        )
        progress("documents", done, len(rows))
