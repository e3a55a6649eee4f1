"""One object of every kind at every unit of the story, and the hand-written table of who may what.

The table is the specification. It was written from the story of the cast and from nothing else, so
that it can contradict the code.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from lotrinh.apps.documents.models import Document
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake.models import Likeness, ReadingRun
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting.models import Collection
from lotrinh.apps.reviews import services as reviewing
from lotrinh.apps.targets import services as planning
from lotrinh.apps.targets.models import Allocation, Measure, Target
from lotrinh.apps.units import selectors as places
from lotrinh.apps.units import services as organisation
from lotrinh.apps.units.models import Appointment, Change, Mandate, Person, Post, Unit
from lotrinh.rules.allocation_states import AllocationMethod
from tests.cast import ABOLISHED_ON, Cast, gather
from tests.conferences import plan
from tests.factories import (
    NOW,
    TEXT,
    TODAY,
    a_promise,
    an_assignment,
    appoint,
    give_mandate,
    key,
    make_duty,
    make_person,
    make_post,
    make_role,
    make_run,
    make_target,
    make_tree,
    make_user,
)
from tests.ledgers import make_measure, make_period
from tests.readings import hand_in
from tests.reports import make_group, make_regime, open_month
from tests.reviewing import freeze, make_review, write

CITY, HO_SEN, DONG_GAO, SEN_TAY, SEN_CU = (
    "tp-ho-sen",
    "quan-ho-sen",
    "huyen-dong-gao",
    "phuong-sen-tay",
    "phuong-sen-cu",
)
PLACES = (CITY, HO_SEN, DONG_GAO, SEN_TAY, SEN_CU)
EVERYWHERE = frozenset(PLACES)
NOWHERE: frozenset[str] = frozenset()
DISTRICT = frozenset({HO_SEN, SEN_TAY, SEN_CU})

SEES = {
    "chi": EVERYWHERE,
    "thach": EVERYWHERE,
    "nghiem": EVERYWHERE,
    "ha": DISTRICT,  # own, child, abolished child; neither parent nor sibling
    "khe": frozenset({DONG_GAO}),  # sibling of Hồ Sen
    "mai": frozenset({SEN_TAY}),  # own; neither parent nor the abolished sibling
    "bach": frozenset({DONG_GAO}),
    "tung": NOWHERE,  # has left the office
    "an": NOWHERE,  # never held a post
}
DECIDES = SEES | {"thach": NOWHERE, "nghiem": NOWHERE, "bach": NOWHERE}
ISSUES = dict.fromkeys(SEES, NOWHERE) | {"chi": EVERYWHERE, "thach": EVERYWHERE}
SEES_PEOPLE = SEES | {"bach": NOWHERE}
CHANGES = dict.fromkeys(SEES, NOWHERE) | {"chi": EVERYWHERE}
REGISTERS = {"chi", "ha", "khe", "mai"}

APPOINTS = dict.fromkeys(SEES, NOWHERE) | {"chi": EVERYWHERE}
MANAGES = dict.fromkeys(SEES, NOWHERE) | {"chi": EVERYWHERE}
DEFINES = {"chi"}
GIVES = dict.fromkeys(SEES, NOWHERE) | {"chi": EVERYWHERE}
KNOWS_MANDATES = SEES_PEOPLE

RELATIONS = {
    ("ha", HO_SEN): "own",
    ("ha", CITY): "parent",
    ("ha", SEN_TAY): "child",
    ("ha", DONG_GAO): "sibling",
    ("ha", SEN_CU): "abolished",
    ("mai", SEN_TAY): "own",
    ("mai", HO_SEN): "parent",
    ("mai", SEN_CU): "abolished",
    ("khe", DONG_GAO): "own",
    ("khe", HO_SEN): "sibling",
    ("an", HO_SEN): "nobody",
}
"""What the cast stands for; used to show that every relation is in the matrix."""


@dataclass(frozen=True, slots=True)
class Objects:
    """What one unit keeps and owes; nobody else has a part in any of it."""

    document: UUID
    text: UUID
    likeness: UUID
    relation: UUID
    number: str
    task: UUID
    duty: UUID
    duty_title: str
    target: UUID
    target_title: str
    allocation: UUID
    report: UUID
    regime: UUID
    collection: UUID
    review: UUID
    section: UUID
    comment: UUID
    edition: UUID
    conference: UUID
    site: UUID
    unit: UUID
    change: UUID
    person: UUID
    person_name: str
    appointment: UUID
    post: UUID
    account: UUID
    mandate: UUID


@dataclass(frozen=True, slots=True)
class World:
    """The cast, and for every place its objects."""

    cast: Cast
    at: dict[str, Objects]


def build_world() -> World:
    """Let the planning office, which may do everything everywhere, put one of each everywhere."""
    people = gather()
    units = {
        unit.code: unit
        for unit in (people.city, people.ho_sen, people.dong_gao, people.sen_tay, people.sen_cu)
    }
    reports = _reports(people, units)
    return World(
        cast=people,
        at={
            code: _objects(people, units[code], reports[code], number=f"{900 + rank}-CTr/TU")
            for rank, code in enumerate(PLACES)
        },
    )


def _reports(people: Cast, units: dict[str, Unit]) -> dict[str, UUID]:
    """Let every unit owe figures of the last month in which all of them stood."""
    make_group(*units.values())
    measure = make_measure(owed_to=people.city, user=people.chi)
    regime = make_regime(owed_to=people.city, measures=[measure], user=people.chi)
    days = (date(2023, 12, 1), ABOLISHED_ON)
    opened = open_month(regime, user=people.chi, days=days)
    return {each.unit.code: each.uid for each in opened.reports.select_related("unit")}


def _divided(people: Cast, target: Target) -> Allocation:
    """Let it be divided, as a draft that only those see who hold the target."""
    group = places.group_on(code="nhom-giao", on=TODAY) or organisation.save_group(
        code="nhom-giao",
        choice=organisation.Choice(
            name_vi="Nhóm giao chỉ tiêu",
            name_en="Units with shares",
            tree=make_tree(),
            added=(people.ho_sen, people.dong_gao),
        ),
        actor=SYSTEM,
        at=NOW,
    )
    return planning.draft_allocation(
        target_id=target.pk,
        among=planning.Among(group, TODAY),
        division=planning.Division(AllocationMethod.EQUAL),
        user=people.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


def _asked(people: Cast, unit: Unit, measure: Measure) -> Collection:
    """Let a regime ask the unit for a report of July; for one that has ended its ward answers."""
    code = f"bao-cao-{unit.code}"
    make_group(people.sen_tay if unit.code == SEN_CU else unit, code=code)
    regime = make_regime(owed_to=unit, measures=[measure], user=people.chi, group=code)
    return open_month(regime, user=people.chi)


def _presented(people: Cast, unit: Unit, document: Document) -> dict[str, UUID]:
    """Let the unit hold a conference with no site but its own."""
    held = plan(unit, document, user=people.chi)
    return {"conference": held.uid, "site": held.sites.get().uid}


def _reviewed(people: Cast, unit: Unit, document: Document) -> dict[str, UUID]:
    """Let July be reviewed: frozen once, then written on, with a comment that waits."""
    review = make_review(document, unit=unit, period=make_period(), user=people.chi)
    edition = freeze(review, user=people.chi)
    section = review.sections.get(place=6)
    write(section, "Thiếu người.", user=people.chi)
    comment = reviewing.comment_section(
        section_id=section.pk,
        text="Nêu rõ đơn vị.",
        user=people.chi,
        on=TODAY,
        at=NOW,
        client_key=key(),
    )
    return {
        "review": review.uid,
        "section": section.uid,
        "comment": comment.uid,
        "edition": edition.uid,
    }


def _likeness(run: ReadingRun) -> UUID:
    """Let a further text of the document come, with another level, and be compared."""
    text = run.rendition.text.replace("đạt 80%", "đạt 85%")
    other = hand_in(
        text,
        keeper=run.rendition.document.keeper,
        user=run.queued_by,
        document=run.rendition.document,
    )
    return Likeness.objects.get(text=other.rendition).uid


def _objects(people: Cast, unit: Unit, report: UUID, *, number: str) -> Objects:
    officers = {
        CITY: people.thach,
        HO_SEN: people.ha,
        DONG_GAO: people.khe,
        SEN_TAY: people.mai,
    }
    officer = officers.get(unit.code)
    run = make_run(keeper=unit, user=people.chi, text=TEXT.replace("97-CTr/TU", number))
    task = next(found for found in readings.candidates_of(run=run) if found.kind == "task")
    duty_title, target_title = f"Việc riêng của {unit.code}", f"Chỉ tiêu riêng của {unit.code}"
    given = {"owed_to": unit, "user": people.chi, "rendition": run.rendition}
    words = an_assignment(unit, people.person(officer) if officer else None)
    duty = make_duty(assignment=replace(words, title=duty_title), **given)
    target = make_target(promise=replace(a_promise(unit), measure=target_title), **given)
    asked = _asked(people, unit, target.measure)
    held = _holder(unit, "Bùi " + number.partition("-")[0])
    return Objects(
        document=run.rendition.document.uid,
        text=run.rendition.uid,
        likeness=_likeness(run),
        relation=run.rendition.document.relations_out.get().uid,
        number=number,
        task=task.uid,
        duty=duty.uid,
        duty_title=duty_title,
        target=target.uid,
        target_title=target_title,
        allocation=_divided(people, target).uid,
        report=report,
        regime=asked.regime.uid,
        collection=asked.uid,
        **_reviewed(people, unit, run.rendition.document),
        **_presented(people, unit, run.rendition.document),
        unit=unit.uid,
        change=_planned(people, unit).uid,
        person=held.person.uid,
        person_name=held.person.full_name,
        appointment=held.uid,
        post=held.post.uid,
        account=_account(held.post, "Tô " + number.partition("-")[0], until=held.valid.upper),
        mandate=_inspected(unit, held.person).uid,
    )


def _holder(unit: Unit, name: str) -> Appointment:
    """Let somebody who belongs to this unit alone hold a post in it that gives him nothing."""
    post = make_post(unit, role=make_role("nobody", actions=[]), title_vi="Cộng tác viên", rank=9)
    until = ABOLISHED_ON if unit.code == SEN_CU else None
    return appoint(make_person(name), post, until=until)


def _account(post: Post, name: str, *, until: date | None) -> UUID:
    """Let somebody with an account hold the same post for the same days."""
    user = make_user()
    appoint(make_person(name, user=user), post, until=until)
    return user.uid


def _inspected(unit: Unit, person: Person) -> Mandate:
    """Let somebody have inspected the unit years ago."""
    role = make_role("cu", actions=[], purpose="inspection")
    return give_mandate(person, unit, role=role, since=date(2021, 1, 1), until=date(2021, 2, 1))


def _planned(people: Cast, unit: Unit) -> Change:
    """Let the unit get another name in some years; one that has ended was renamed before."""
    stands = places.place_of(unit_id=unit.pk, on=TODAY) is not None
    return organisation.rename_unit(
        unit=unit,
        name_vi=f"{unit.name_vi} mới",
        name_en=f"New {unit.name_en}",
        day=date(2030, 1, 1) if stands else date(2020, 1, 1),
        legal_basis="Nghị quyết số 1",
        user=people.chi,
        on=TODAY,
        at=NOW,
    )
