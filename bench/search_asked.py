"""What `bench.search` asks of the register, and what it compares the answers with."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from bench.units_asked import asked, best
from lotrinh.apps.accounts.services import create_user
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.documents.models import Document, Recipient, Relation, Rendition
from lotrinh.apps.documents.services import rebuild_search
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as seen
from lotrinh.apps.units import services as units
from lotrinh.apps.units.selectors import MAIN_TREE, rights_asked_once
from lotrinh.reading import number_key
from lotrinh.reading.slips import weight
from lotrinh.rules.actions import Action

DOCUMENTS, DISTRICTS, COMMUNES = 100_000, 30, 20
_AT, _ON = datetime(2024, 8, 7, tzinfo=UTC), date(2024, 8, 7)
_FIRST = date(2015, 1, 5)
_SEED, _BATCH = 20240807, 1000
_TYPES = (
    ("state", "KH", "Kế hoạch", "{n}/KH-UBND"),
    ("state", "QĐ", "Quyết định", "{n}/QĐ-UBND"),
    ("state", "TB", "Thông báo", "{n}/TB-UBND"),
    ("party", "CTr", "Chương trình hành động", "{n}-CTr/QU"),
    ("party", "NQ", "Nghị quyết", "{n}-NQ/QU"),
    ("party", "KL", "Kết luận", "{n}-KL/QU"),
)
_VERBS = (
    "triển khai",
    "tăng cường",
    "đẩy mạnh",
    "nâng cao",
    "hoàn thiện",
    "rà soát",
    "kiểm tra",
    "đánh giá",
)
_THINGS = (
    "công tác đào tạo nghề",
    "chuyển đổi số",
    "cải cách hành chính",
    "quản lý đất đai",
    "thu ngân sách",
    "bảo vệ môi trường",
    "phòng cháy chữa cháy",
    "trật tự xây dựng",
    "an sinh xã hội",
    "giảm nghèo bền vững",
    "phát triển nhà ở",
    "cấp nước sạch",
    "giáo dục mầm non",
    "y tế cơ sở",
    "quy hoạch đô thị",
    "thi đua khen thưởng",
    "tiếp công dân",
    "thủ tục hành chính",
    "đầu tư công",
    "văn hóa cơ sở",
)
_PLACES = ("trên địa bàn", "tại các xã phường", "trong toàn đảng bộ", "của các đơn vị")
_ENDS = ("năm {y}", "quý III năm {y}", "giai đoạn {y} - 2030", "trước ngày 30/9/{y}")
_NAMES = "Sen Đa Liễu Mai Trúc Hồ Khê Lam Giang Sơn Thủy Thạch Bình An Hòa Lộc Phúc Thịnh Tân Minh"
RARE = "khoáng vật hiếm"


@dataclass(frozen=True, slots=True)
class Figure:
    """One question of one account: milliseconds of ours and of the baseline, and how many finds."""

    question: str
    ours: float
    baseline: float
    against: str
    finds: int

    @property
    def ratio(self) -> float:
        return self.baseline / self.ours


def sentence(chance: random.Random, year: int) -> str:
    """Return one sentence as such documents have them."""
    place = " ".join(chance.sample(_NAMES.split(), 2))
    return (
        f"{chance.choice(_VERBS).capitalize()} {chance.choice(_THINGS)} {chance.choice(_PLACES)} "
        f"{place}, gắn với {chance.choice(_THINGS)}, {chance.choice(_ENDS).format(y=year)}."
    )


def told(number: int) -> Iterator[tuple[str, str, str, str, str, date]]:
    """Yield so many documents: system, type, number, title, text, day."""
    chance = random.Random(_SEED)
    for place in range(number):
        system, code, word, form = _TYPES[place % len(_TYPES)]
        day = _FIRST + timedelta(days=place * 3400 // number)
        title = sentence(chance, day.year).rstrip(".")
        said = [sentence(chance, day.year) for _each in range(chance.randint(4, 10))]
        if place % 9973 == 0:
            said.insert(3, f"Rà soát, thống kê {RARE} trên địa bàn.")
        count = form.format(n=1 + place * 37 % 4999)
        text = "\n".join((f"Số: {count}", word.upper(), title, *said))
        yield system, code, count, f"{word} {title[0].lower()}{title[1:]}", text, day


def fill() -> dict[str, Any]:
    """Write units, people, documents and their texts; return who asks."""
    by = {"actor": SYSTEM, "at": _AT}
    tree = units.create_tree(code=MAIN_TREE, name_vi="Cây", name_en="Tree", **by)

    def unit(code: str, parent: Any) -> Any:
        made = units.create_unit(code=code, kind="x", name_vi=code, name_en=code, **by)
        units.place_unit(
            unit=made, tree=tree, parent=parent, since=date(2008, 1, 1), until=None, **by
        )
        return made

    city = unit("thanh-pho", None)
    districts = [unit(f"quan-{n}", city) for n in range(DISTRICTS)]
    communes = [unit(f"phuong-{n}", districts[n % DISTRICTS]) for n in range(DISTRICTS * COMMUNES)]
    role = units.define_role(
        code="officer", name_vi="x", name_en="x", actions=[Action.READ_DOCUMENT], **by
    )
    users = {}
    for name, place in (("city", city), ("district", districts[3])):
        users[name] = create_user(sign_in_name=name, password=None, **by)
        person = units.register_person(full_name=name, user=users[name], **by)
        post = units.create_post(unit=place, role=role, title_vi="x", title_en="x", **by)
        units.appoint(person=person, post=post, since=date(2015, 1, 1), until=None, **by)
    places = [city, *districts, *communes]
    rows = list(told(DOCUMENTS))
    for first in range(0, len(rows), _BATCH):
        made = Document.objects.bulk_create(
            Document(
                system=system,
                type_code=code,
                number=number,
                title=title,
                issuer=places[at % len(places)],
                keeper=places[at % len(places)],
                issued_on=day,
                year=day.year,
                language="vi",
                registered_at=_AT + timedelta(seconds=at),
            )
            for at, (system, code, number, title, _text, day) in enumerate(
                rows[first : first + _BATCH], start=first
            )
        )
        Rendition.objects.bulk_create(
            Rendition(
                document=document,
                kind="original",
                language="vi",
                text=row[4],
                sha256=f"{document.pk:064}",
                added_at=_AT,
            )
            for document, row in zip(made, rows[first : first + _BATCH], strict=True)
        )
    hand_out([unit.pk for unit in places])
    start = time.perf_counter()
    with without_indexes():
        rebuild_search()
    users["seconds to index"] = time.perf_counter() - start
    return users


def hand_out(places: list[int]) -> None:
    """Send every fifth document to some unit, and let every twentieth replace an older one."""
    ids = list(Document.objects.order_by("pk").values_list("pk", flat=True))
    Recipient.objects.bulk_create(
        (
            Recipient(document_id=pk, unit_id=places[at * 7 % len(places)], sent_at=_AT)
            for at, pk in enumerate(ids)
            if at % 5 == 0
        ),
        batch_size=_BATCH,
    )
    Relation.objects.bulk_create(
        (
            Relation(source_id=pk, target_id=ids[at - 600], kind="replaces")
            for at, pk in enumerate(ids)
            if at % 20 == 7 and at > 600
        ),
        batch_size=_BATCH,
    )


@contextmanager
def without_indexes() -> Iterator[None]:
    """Let many entries be written at once, as one would before a large import."""
    with connections["owner"].cursor() as cursor:
        for column in ("heading", "words"):
            cursor.execute(f"DROP INDEX documents_search_{column}")
        yield
        cursor.execute("SET max_parallel_maintenance_workers = 0")
        for column in ("heading", "words"):
            cursor.execute(
                f"CREATE INDEX documents_search_{column} ON documents_search_entry"
                f" USING gin ({column})"
            )


def search_page(user: Any, typed: str) -> list[int]:
    """Do all that a page of finds does: the page, its passages, the count, what was meant."""
    among = registry.in_registry(seen_by=user.pk, on=_ON)
    found = registry.search(typed=typed, among=among)
    rows = [row for _rank, row in registry.found_page(found, after=None, most=21)]
    registry.found_count(found)
    near = registry.near_numbers(found)
    registry.shown_passages(found, rows[:20])
    return [row.pk for row in (*rows, *near)]


def filter_page(user: Any, after: UUID | None = None) -> list[Document]:
    """Narrow the register by type, year and force, count it, and take a page."""
    among = registry.visible(seen_by=user.pk, on=_ON).filter(is_stub=False)
    filters = registry.Filters(type_code="KH", year=2019, in_force=_ON)
    found = registry.narrowed(among, filters, seen_by=user.pk, on=_ON)
    return registry.listed(found, after=after, most=51)[0]


_SEEN = """d.merged_into_id IS NULL AND (d.is_stub OR d.keeper_id = ANY(%(reach)s)
   OR EXISTS (SELECT 1 FROM documents_recipient p
               WHERE p.document_id = d.id AND p.unit_id = ANY(%(reach)s)))"""
_HEAD_SCAN = """
SELECT d.id FROM documents_document d WHERE {seen}
   AND (d.number ILIKE %(like)s OR d.title ILIKE %(like)s) ORDER BY d.id DESC"""
_TEXT_SCAN = """
SELECT d.id FROM documents_document d JOIN documents_rendition r ON r.document_id = d.id
 WHERE {seen} AND unaccent(r.text) ILIKE unaccent(%(like)s) ORDER BY d.id DESC"""
_FILTER_SCAN = """
SELECT d.id, d.uid, d.number, d.title, d.issued_on, i.name_vi, k.name_vi FROM documents_document d
  JOIN units_unit k ON k.id = d.keeper_id LEFT JOIN units_unit i ON i.id = d.issuer_id
 WHERE {seen} AND d.type_code = 'KH' AND d.year = 2019 AND NOT d.is_stub
 ORDER BY d.issued_on DESC NULLS LAST, d.id DESC"""
_ENDED_SCAN = """
SELECT r.target_id FROM documents_relation r JOIN documents_document d ON d.id = r.source_id
 WHERE {seen} AND r.ended_at IS NULL AND r.kind IN ('replaces', 'repeals')
   AND r.target_pinpoint = '' AND d.issued_on <= %(on)s"""
_NUMBERS = "SELECT d.id, d.number FROM documents_document d WHERE {seen}"


def filter_scan(user: Any) -> Callable[[], list[int]]:
    """Read all that fits two filters and all that has ended, and cut the second page out."""
    reach = reach_of(user)

    def work() -> list[int]:
        rows = asked(_FILTER_SCAN.format(seen=_SEEN), reach=reach)
        ended = {row[0] for row in asked(_ENDED_SCAN.format(seen=_SEEN), reach=reach, on=_ON)}
        return [row[0] for row in rows if row[0] not in ended][50:101]

    return work


def reach_of(user: Any) -> list[int]:
    return sorted(seen.reach(user_id=user.pk, action=Action.READ_DOCUMENT, on=_ON))


def scan(sql: str, user: Any, like: str = "") -> Callable[[], list[int]]:
    reach = reach_of(user)
    return lambda: [row[0] for row in asked(sql.format(seen=_SEEN), reach=reach, like=f"%{like}%")]


def nearest(user: Any, typed: str) -> Callable[[], list[int]]:
    """Weigh every number that the account may see, one by one."""
    reach, number = reach_of(user), number_key(typed)
    assert number is not None

    def work() -> list[int]:
        keys = (
            (row[0], number_key(row[1])) for row in asked(_NUMBERS.format(seen=_SEEN), reach=reach)
        )
        heavy = [(weight(number, key), pk) for pk, key in keys if key is not None]
        return [pk for _weight, pk in sorted((w, -pk) for w, pk in heavy if w is not None)][:5]

    return work


def missing_number(user: Any) -> tuple[str, str]:
    """Return a number that the account may see and a misspelling that nothing bears."""
    seen = {row[1] for row in asked(_NUMBERS.format(seen=_SEEN), reach=reach_of(user))}
    for number in sorted(seen):
        digits, _slash, rest = number.partition("/KH")
        wrong = f"{digits[:-2]}{digits[:-3:-1]}/KH{rest}"
        if rest and len(digits) == 4 and wrong not in seen and wrong[0] != "0":
            return number, wrong
    raise AssertionError("every misspelling is a number")


def measure(users: dict[str, Any]) -> list[Figure]:
    """Ask every question as either account."""
    figures: list[Figure] = []
    asked("SET max_parallel_workers_per_gather = 0")  # one core for either side
    for name in ("district", "city"):
        with rights_asked_once():  # as within a request
            reach_of(users[name])
            figures += measure_as(name, users)
    return figures


def once(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the milliseconds of one round: a scan of every text takes seconds each time."""
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def measure_as(name: str, users: dict[str, Any]) -> list[Figure]:
    """Ask every question as one account, of which the rights are known already."""
    user = users[name]
    number, wrong = missing_number(users["district"])
    spelt = number.lower().replace("/", " ").replace("-", " ")
    ilike, text = "ILIKE on number and title", "unaccent ILIKE on text"
    questions = (
        ("number in another spelling", spelt, _HEAD_SCAN, number, ilike),
        ("words without marks", "tiep cong dan", _TEXT_SCAN, "tiếp công dân", text),
        ("phrase with marks", '"chuyển đổi số"', _TEXT_SCAN, "chuyển đổi số", text),
        ("rare words in texts", RARE, _TEXT_SCAN, RARE, text),
    )
    figures: list[Figure] = []
    for question, typed, sql, like, against in questions:
        ours, found = best(lambda typed=typed: search_page(user, typed))
        theirs, expected = once(scan(sql, user, like))
        assert len(expected) > 20 or set(expected) <= set(found), question
        figures.append(Figure(f"{name}: {question}", ours, theirs, against, len(found)))
    ours, found = best(lambda: search_page(user, wrong))
    theirs, _found = once(nearest(user, wrong))
    question = f"{name}: number misspelt"
    figures.append(Figure(question, ours, theirs, "weighing every number", len(found)))
    last = filter_page(user)[49].uid
    ours, found = best(lambda: filter_page(user, last))
    theirs, expected = best(filter_scan(user))
    assert [row.pk for row in found] == expected
    question = f"{name}: filters, second page"
    figures.append(Figure(question, ours, theirs, "all rows of two filters", len(found)))
    return figures
