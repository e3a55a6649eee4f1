"""The demonstration's own texts: what each says it is, and the commitments decided upon."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lotrinh.reading import Reading, Target, Task, fold, read_paper
from lotrinh.reading.readers import open_document

DEMO = Path(__file__).parents[2] / "lotrinh" / "demo"
DOCUMENTS: list[dict[str, Any]] = tomllib.loads((DEMO / "data" / "documents.toml").read_text())[
    "document"
]
DECISIONS: list[dict[str, Any]] = tomllib.loads((DEMO / "data" / "decisions.toml").read_text())[
    "decision"
]
# Codes of the demonstration's units and the words by which the texts name them.
ISSUERS = {
    "thanh-uy": ("thanh uy ha noi", "hanoi party committee"),
    "ubnd": ("uy ban nhan dan thanh pho ha noi",),
    "quan-uy-ho-sen": ("quan uy ho sen (mau)", "ho sen district party committee (sample)"),
    "quan-ho-sen": ("uy ban nhan dan quan ho sen (mau)",),
    "phuong-ben-sen": ("uy ban nhan dan phuong ben sen (mau)",),
    "phuong-cau-sen": ("uy ban nhan dan phuong cau sen (mau)",),
    "phuong-dinh-ho": ("uy ban nhan dan phuong dinh ho (mau)",),
    "phuong-ngo-truc": ("uy ban nhan dan phuong ngo truc (mau)",),
    "phuong-vuon-mai": ("uy ban nhan dan phuong vuon mai (mau)",),
    "huyen-uy-dong-gao": ("huyen uy dong gao (mau)",),
    "huyen-dong-gao": ("uy ban nhan dan huyen dong gao (mau)",),
    "xa-bai-dau": ("uy ban nhan dan xa bai dau (mau)",),
    "xa-cong-da": ("uy ban nhan dan xa cong da (mau)",),
    "xa-dam-sung": ("uy ban nhan dan xa dam sung (mau)",),
    "xa-go-mit": ("uy ban nhan dan xa go mit (mau)",),
    "xa-lua-vang": ("uy ban nhan dan xa lua vang (mau)",),
}


def reading_of(code: str) -> Reading:
    file = str(next(row["file"] for row in DOCUMENTS if row["code"] == code))
    return read_paper(open_document((DEMO / "texts" / file).read_bytes(), file))


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: row["code"])
def test_what_a_text_says_it_is(row: dict[str, Any]) -> None:
    header = reading_of(row["code"]).header
    assert (header.system, header.type, header.number, header.language) == (
        row["system"],
        row["type"],
        row.get("number"),
        row["language"],
    )
    assert header.issued == (row["issued"].isoformat() if "issued" in row else None)
    assert header.title == row.get("title")
    assert fold(header.issuer or "") in ISSUERS[row["issuer"]]


@pytest.mark.parametrize("row", DECISIONS, ids=lambda row: row["quote"][:40])
def test_what_was_decided_upon_is_proposed(row: dict[str, Any]) -> None:
    reading = reading_of(row["document"])
    start = reading.text.index(row["quote"])
    end = start + len(row["quote"])
    assert any(
        fact.kind == row["kind"] and fact.start < end and start < fact.end for fact in reading.facts
    )


def test_the_targets_of_the_programme() -> None:
    for code in ("ctr-97-tu", "ctr-97-tu-en"):
        found = [f for f in reading_of(code).facts if isinstance(f, Target)]
        told: list[tuple[object, ...]] = [(f.comparator, f.value, f.due) for f in found]
        assert told == [
            ("=", 80, "2025"),
            ("=", 100, "2025"),
            ("=", 100, "2030"),
            (">=", 97, "2030"),
            ("<", 9, "2030"),
            ("<=", 30, "2030"),
            (">=", 35, "2030"),
            ("=", 100, "2030"),
            (">", 90, "2030"),
        ]


def test_lines_below_a_task_complete_it() -> None:
    found = [f for f in reading_of("kh-986-ubnd").facts if isinstance(f, Task)]
    assert len(found) == 15
    assert (found[4].lead, found[4].coordinate, found[4].due, found[4].deliverable) == (
        ("UBND huyện Đồng Gạo",),
        ("Sở Kế hoạch và Đầu tư", "Sở Xây dựng"),
        "2024-06",
        "bảng thống kê hiện trạng từng trạm y tế và danh mục đề nghị đầu tư",
    )


def test_both_languages_give_the_same_deadlines_but_for_the_slip() -> None:
    vietnamese, english = (
        [f.due for f in reading_of(code).facts if isinstance(f, Task) and f.due]
        for code in ("ctr-97-tu", "ctr-97-tu-en")
    )
    slip = vietnamese.index("2024-09-05")
    assert english[slip] == "2024-05-09"
    assert vietnamese[:slip] == english[:slip]
    assert vietnamese[slip + 1 :] == english[slip + 1 :]


def test_the_appendix_of_the_plan_in_word() -> None:
    reading = reading_of("kh-1042-ubnd")
    rows = [f for f in reading.facts if isinstance(f, Task) and f.columns]
    assert [f.due or f.recurrence for f in rows] == [
        *("2024-09-30", "2024-12", "2025-Q1", "2025/2026", "quarterly"),
        *("2024-09-15", "2024-11", "continuous", "2024-Q4", "half-yearly"),
    ]
    assert rows[2].coordinate == ("Sở Y tế",)  # a cell that reaches over two rows
    assert rows[2].deliverable == "Báo cáo kết quả đợt 1"
    assert dict(rows[9].columns or ())["Ghi chú"] == "Chọn ngẫu nhiên ít nhất 5 trạm mỗi lần"
    told = [(f.comparator, f.value, f.due) for f in reading.facts if isinstance(f, Target)]
    assert told == [
        *((">", 60, "2024"), ("=", 80, "2025"), (">=", 95, "2026")),
        *(("=", 70, "2024"), ("=", 85, "2025"), ("=", 100, "2026")),
        *(("=", 120, "2024"), ("=", 300, "2025"), ("=", 579, "2026")),
        *(("<=", 30, "2024"), ("<=", 25, "2025"), ("<", 20, "2026")),
    ]


@pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: row["code"])
def test_every_text_says_that_it_is_a_sample(row: dict[str, Any]) -> None:
    said = {
        "vi": "Văn bản mẫu, soạn để minh họa; không phải văn bản của cơ quan nào.",
        "en": "Sample document written for illustration; it is not a document of any authority.",
    }
    assert reading_of(row["code"]).text.count(said[row["language"]]) == 1


def test_three_plans_contradict_each_other_in_one_deadline() -> None:
    """The city says November, its district October, the city's later plan December."""
    quotes = {
        "kh-986-ubnd": "lập hồ sơ sức khỏe điện tử cho người dân thường trú và tạm trú",
        "kh-118-ubnd-ho-sen": "Lập hồ sơ sức khỏe điện tử cho người dân phường Bến Sen",
        "kh-1042-ubnd": "Lập hồ sơ sức khỏe điện tử cho người dân của đợt 1",
    }
    assert [due_at(code, quote) for code, quote in quotes.items()] == [
        "2024-11",
        "2024-10",
        "2024-12",
    ]


def test_a_plan_of_a_district_shortens_what_the_city_allowed() -> None:
    quote = "thành lập tổ chăm sóc sức khỏe tại thôn"
    assert [due_at(code, quote) for code in ("kh-986-ubnd", "kh-77-ubnd-dong-gao")] == [
        "2024-07-31",
        "2024-07-15",
    ]


def due_at(code: str, quote: str) -> str | None:
    """Return the deadline of the task in which the quotation stands."""
    reading = reading_of(code)
    place = reading.text.index(quote)
    tasks = [fact for fact in reading.facts if isinstance(fact, Task)]
    return next(task.due for task in tasks if task.start <= place < task.end)


def test_one_ward_copies_its_district_and_another_does_not() -> None:
    district = reading_of("kh-118-ubnd-ho-sen").text
    own = {
        code: [line for line in reading_of(code).text.splitlines() if line not in district]
        for code in ("kh-31-ubnd-dinh-ho", "kh-24-ubnd-ben-sen")
    }
    purposes = ("1. Lập hồ sơ", "2. Mỗi phường", "3. Số ước", "4. Kết quả", "5. Người chưa khám")
    copied = [line for line in own["kh-31-ubnd-dinh-ho"] if line.startswith(purposes)]
    assert copied == []
    assert any("xóm chài" in line for line in own["kh-24-ubnd-ben-sen"])
