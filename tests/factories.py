"""Plain builders of everything a test needs, through the services alone.

Whatever is not said is made believable and new: two calls give two things. Nothing here reaches
around a service, so a test can only begin from a state that the product can reach.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Act, Assignment, Passage
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Candidate, ReadingRun
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.targets import services as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.services import Promise
from lotrinh.apps.units import services as units
from lotrinh.apps.units.models import Appointment, Mandate, Person, Post, Role, Tree, Unit
from lotrinh.apps.units.selectors import MAIN_TREE
from lotrinh.rules.actions import Action
from lotrinh.rules.target_terms import Comparator, Rollup

TODAY = date(2024, 8, 7)
NOW = datetime(2024, 8, 7, 2, 30, tzinfo=UTC)  # half past nine in the morning in Hà Nội
LONG_AGO = date(2008, 8, 1)

READS = (
    Action.READ_DOCUMENT,
    Action.READ_DUTY,
    Action.READ_TARGET,
    Action.READ_FIGURE,
    Action.READ_REVIEW,
    Action.READ_PEOPLE,
)
"""What every role of the tests may at least do."""

TEXT = """THÀNH ỦY HÀ NỘI
*
Số 97-CTr/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 10 tháng 5 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG
Thực hiện Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương Đảng

I. MỤC TIÊU
1. Đến năm 2030, tỷ lệ thất nghiệp khu vực thành thị dưới 3%.
2. Đến năm 2030, tỷ lệ lao động qua đào tạo đạt 80%.

II. NHIỆM VỤ
1. Giao Ủy ban nhân dân Quận Hồ Sen chủ trì, phối hợp với Sở Nội vụ xây dựng kế hoạch đào tạo \
cán bộ, hoàn thành trước ngày 30/9/2024.
2. Giao Văn phòng Thành ủy chủ trì, phối hợp với Sở Tài chính tham mưu báo cáo kết quả thực hiện \
Chương trình, hoàn thành trong quý IV năm 2024.
"""
"""A small action programme in which reading finds two targets and two tasks."""

_numbers = count(2_001)  # none that a test writes itself: it would meet it in one order only


def key() -> UUID:
    """Return a client key as a freshly drawn form carries it."""
    return uuid7()


def act(user: User, version: int, **more: Any) -> Act:
    """Return the act of this account, with a form of its own, unless ``more`` says otherwise."""
    return Act(**{"client_key": key(), "on": TODAY, "at": NOW} | more, user=user, version=version)


def make_user(
    sign_in_name: str | None = None, *, password: str | None = None, language: str = "vi"
) -> User:
    """Open an account; without a password the test client signs it in by force."""
    return accounts.create_user(
        sign_in_name=sign_in_name or f"tai-khoan-{next(_numbers)}",
        password=password,
        language=language,
        actor=SYSTEM,
        at=NOW,
    )


def make_tree(code: str = MAIN_TREE) -> Tree:
    """Return the tree with this code, opened where there is none yet."""
    known = Tree.objects.filter(code=code).first()
    if known:
        return known
    return units.create_tree(code=code, name_vi=code, name_en=code, actor=SYSTEM, at=NOW)


def make_unit(
    code: str | None = None,
    *,
    parent: Unit | None = None,
    since: date | None = LONG_AGO,
    until: date | None = None,
    tree: str = MAIN_TREE,
    kind: str = "department",
    name_vi: str | None = None,
    name_en: str | None = None,
    aliases: Iterable[str] = (),
) -> Unit:
    """Register a unit and place it; ``since=None`` leaves it unplaced."""
    code = code or f"don-vi-{next(_numbers)}"
    unit = units.create_unit(
        code=code,
        kind=kind,
        name_vi=name_vi or f"Đơn vị {code}",
        name_en=name_en or f"Unit {code}",
        aliases=aliases,
        actor=SYSTEM,
        at=NOW,
    )
    if since is not None:
        place(unit, parent=parent, since=since, until=until, tree=tree)
    return unit


def place(
    unit: Unit,
    *,
    parent: Unit | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
    tree: str = MAIN_TREE,
) -> None:
    """Put a unit into a tree for an interval."""
    units.place_unit(
        unit=unit,
        tree=make_tree(tree),
        parent=parent,
        since=since,
        until=until,
        actor=SYSTEM,
        at=NOW,
    )


def make_role(
    code: str = "planning_officer",
    *,
    actions: Iterable[str] = tuple(Action),
    purpose: str = "work",
) -> Role:
    """Return the role with this code, carrying exactly ``actions``."""
    return units.define_role(
        code=code,
        name_vi=code,
        name_en=code,
        actions=actions,
        purpose=purpose,
        actor=SYSTEM,
        at=NOW,
    )


def give_mandate(
    person: Person,
    scope: Unit,
    *,
    role: Role,
    since: date = date(2020, 1, 1),
    until: date | None = None,
) -> Mandate:
    """Let a person inspect a unit and everyone below."""
    return units.give_mandate(
        role=role,
        scope=scope,
        people=[person],
        subject="Thực hiện nghị quyết",
        legal_basis="Quyết định số 1-QĐ/UBKT",
        since=since,
        until=until,
        actor=SYSTEM,
        at=NOW,
    )


def make_person(full_name: str = "Trần Mộc Chi", *, user: User | None = None) -> Person:
    """Register somebody, with or without an account."""
    return units.register_person(full_name=full_name, user=user, actor=SYSTEM, at=NOW)


def make_post(
    unit: Unit,
    *,
    role: Role | None = None,
    scope: Unit | None = None,
    title_vi: str = "Chuyên viên",
    title_en: str = "Officer",
    rank: int = 0,
) -> Post:
    """Open a position in a unit."""
    return units.create_post(
        unit=unit,
        scope=scope,
        role=role or make_role(),
        title_vi=title_vi,
        title_en=title_en,
        rank=rank,
        actor=SYSTEM,
        at=NOW,
    )


def appoint(
    person: Person, post: Post, *, since: date = date(2020, 1, 1), until: date | None = None
) -> Appointment:
    """Let a person hold a post."""
    return units.appoint(person=person, post=post, since=since, until=until, actor=SYSTEM, at=NOW)


def make_officer(
    unit: Unit,
    *,
    actions: Iterable[str] = tuple(Action),
    scope: Unit | None = None,
    full_name: str = "Trần Mộc Chi",
    sign_in_name: str | None = None,
    language: str = "vi",
    since: date = date(2020, 1, 1),
    until: date | None = None,
) -> User:
    """Return the account of somebody who holds a post in the unit with exactly these rights."""
    wanted = sorted(set(actions))
    role = make_role(f"vai-tro-{next(_numbers)}", actions=wanted)
    user = make_user(sign_in_name, language=language)
    person = make_person(full_name, user=user)
    appoint(person, make_post(unit, role=role, scope=scope), since=since, until=until)
    return user


def make_document(
    *,
    keeper: Unit,
    user: User,
    number: str | None = None,
    title: str = "Chương trình hành động thực hiện nghị quyết",
    system: str = "party",
    type_code: str = "CTr",
    issuer: Unit | None = None,
    issued_on: date | None = date(2024, 5, 10),
    language: str = "vi",
) -> Document:
    """Register a document that the unit keeps."""
    return registry.register_document(
        identity=Identity(
            system=system,
            type_code=type_code,
            number=f"{next(_numbers)}-{type_code}/TU" if number is None else number,
            issuer=issuer,
            issued_on=issued_on,
        ),
        title=title,
        language=language,
        keeper=keeper,
        user=user,
        on=TODAY,
        at=NOW,
    )


def make_rendition(
    document: Document, text: str = TEXT, *, kind: str = "original", language: str = "vi"
) -> Rendition:
    """Keep a text of a document, undivided."""
    return registry.add_rendition(
        document=document,
        kind=kind,
        language=language,
        text=text,
        blob=None,
        source_name="van-ban.txt",
        actor=SYSTEM,
        at=NOW,
    )


def make_run(
    *,
    keeper: Unit,
    user: User,
    text: str | None = None,
    is_read: bool = True,
    client_key: UUID | None = None,
    source_name: str = "van-ban.txt",
) -> ReadingRun:
    """Submit a text for a unit; it is read at once unless the test says otherwise.

    Without a text of its own the run gets a fresh variant of ``TEXT`` under a number of its own.
    """
    if text is None:
        text = TEXT.replace("97-CTr/TU", f"{next(_numbers) + 100}-CTr/TU")
    run = intake.submit(
        submission=Submission(content=text.encode(), source_name=source_name),
        keeper=keeper,
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )
    return intake.read_run(uid=run.uid, at=NOW) if is_read else run


def make_candidate(
    kind: str = "task", *, keeper: Unit, user: User, run: ReadingRun | None = None
) -> Candidate:
    """Return the first undecided proposal of this kind in a run (None: in a new one)."""
    run = run or make_run(keeper=keeper, user=user)
    return next(
        found
        for found in readings.candidates_of(run=run)
        if found.kind == kind and readings.decision_of(found) is None
    )


def an_assignment(unit: Unit | None = None, person: Person | None = None) -> Assignment:
    """Return the words of a duty that is clear in all six ways once unit and person are given."""
    return Assignment(
        title="Xây dựng kế hoạch đào tạo cán bộ",
        language="vi",
        unit=unit,
        person=person,
        due=date(2024, 9, 29),
        responsibility="Chủ trì",
        deliverable="Kế hoạch được phê duyệt",
        authority="Chủ tịch Ủy ban nhân dân quận",
    )


def make_duty(
    *,
    owed_to: Unit,
    user: User,
    unit: Unit | None = None,
    person: Person | None = None,
    assignment: Assignment | None = None,
    rendition: Rendition | None = None,
    is_issued: bool = False,
) -> Duty:
    """Draft a duty from a passage of a document kept by ``owed_to``, and issue it on request."""
    if rendition is None:
        rendition = make_rendition(make_document(keeper=owed_to, user=user))
    start = rendition.text.index("Giao Ủy ban")
    duty = duties.draft_duty(
        assignment=assignment or an_assignment(unit, person),
        owed_to=owed_to,
        passage=Passage(rendition=rendition, start=start, end=start + 20),
        user=user,
        on=TODAY,
        at=NOW,
    )
    if not is_issued:
        return duty
    return duties.issue_duty(duty_id=duty.pk, act=act(user, duty.version))


def a_promise(unit: Unit | None = None) -> Promise:
    """Return the words of a complete target."""
    return Promise(
        measure="Tỷ lệ thất nghiệp khu vực thành thị",
        language="vi",
        comparator=Comparator.BELOW,
        value=Decimal(3),
        unit_of_measure="%",
        due=date(2030, 12, 31),
        baseline=Decimal("3.4"),
        rollup=Rollup.RATIO_OF_SUMS,
        unit=unit,
    )


def make_target(
    *,
    owed_to: Unit,
    user: User,
    unit: Unit | None = None,
    promise: Promise | None = None,
    rendition: Rendition | None = None,
) -> Target:
    """Hold a target from a passage of a document kept by ``owed_to``."""
    if rendition is None:
        rendition = make_rendition(make_document(keeper=owed_to, user=user))
    start = rendition.text.index("tỷ lệ thất nghiệp")
    return targets.draft_target(
        promise=promise or a_promise(unit),
        owed_to=owed_to,
        rendition=rendition,
        start=start,
        end=start + 40,
        user=user,
        on=TODAY,
        at=NOW,
    )
