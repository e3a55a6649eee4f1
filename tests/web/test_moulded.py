"""Rows that are drawn once for each shape: filled in they say what their template says alone."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from lotrinh.web.moulded import MOST, _mould
from lotrinh.web.presenters.report_lines import Also, FileLine, Line, Overtaken, ToldElsewhere
from lotrinh.web.presenters.report_progress import Left

ROWS = (
    ("pages/reports/line.html", {"may_enter": True}),
    ("pages/reports/line.html", {"may_enter": False}),
    ("pages/reports/step_line.html", {"asks_lines": True, "ask_prefix": "a-"}),
    ("pages/reports/step_line.html", {"asks_lines": False, "ask_prefix": "a-"}),
)
PLAIN = Line(
    uid=UUID("01900000-0000-7000-8000-000000000001"),
    name="Số hộ nghèo <2%> & cận nghèo \ue0000\ue001 %s {{ name }}",
    unit_text="hộ",
    is_pair=False,
    plan_text="≤ 40 hộ",
    plan_url="/targets/01900000-0000-7000-8000-000000000002/",
    previous_text="1.234 hộ",
    year_text='"1.300" hộ',
    percent_text="88,5%",
    text="1.270",
    entered="1.270",
    weight="1,5",
    comment="a\n<b>b</b>",
    comment_lines="",
    over="17",
    kind="figure",
    read_text="1.270 hộ",
    told=(),
    refusal="",
    question="",
    choices=(),
    returned="",
    files=(),
    now_label="Số hộ, kỳ này",
    comment_label="Số hộ, ghi chú",
    read_words="đọc là 1.270 hộ",
    saved_words="đã lưu 9:41, Trần Thị Mai",
    overtaken=None,
    wants="",
    wants_text="",
    files_url="/reports/1/files/?line=1",
    history_url="/reports/1/history/?line=1",
    elsewhere=None,
    is_spared=False,
    asked="Vì sao < tháng trước?",
)
AT = datetime(2024, 8, 7, 2, 41, tzinfo=UTC)
FEW: dict[str, Any] = {
    "told": ("Gấp 2 lần tháng trước.",),
    "refusal": "không phải là số",
    "question": "có thể là hai số",
    "choices": ("1.270", "1,27"),
    "returned": "Xem lại",
    "files": (FileLine("a.pdf", "/f/1/", "3 kB", "Mai", (Also("b", "/f/2/"),)),),
    "overtaken": Overtaken("Hà", False, AT, "5", "5", "6"),
    "elsewhere": ToldElsewhere("5 hộ", "/figures/1/", "Báo cáo tuần", date(2024, 8, 1)),
}


def moulded(template: str, rows: list[Any], **given: Any) -> str:
    """Return rows as a page draws them."""
    told = " ".join(f"{name}={name}" for name in given)
    page = Engine.get_default().from_string(f'{{% moulded rows "{template}" {told} %}}')
    return page.render(Context({"rows": rows, **given}))


def alone(template: str, rows: list[Any], **given: Any) -> str:
    """Return rows each of which its template draws by itself."""
    return "".join(render_to_string(template, {**given, "line": row}) for row in rows)


def shapes() -> list[Line]:
    """Return a line of each shape, as far as one thing about it is another."""
    emptied = [replace(PLAIN, **{name: ""}) for name in Line.PRINTED if name != "uid"]
    kinds = [replace(PLAIN, kind=kind) for kind in ("empty", "not_yet", "refused", "asked")]
    others = [
        replace(PLAIN, weight=None),
        replace(PLAIN, is_pair=True),
        replace(PLAIN, wants="question"),
        replace(PLAIN, is_spared=True),
        replace(PLAIN, is_spared=True, text="", read_text="", kind="not_yet"),
        replace(PLAIN, kind="not_yet", read_text=""),
    ]
    few = [replace(PLAIN, **{name: said}) for name, said in FEW.items()]
    return [PLAIN, *emptied, *kinds, *others, *few, replace(PLAIN, **FEW)]


@pytest.mark.parametrize(("template", "given"), ROWS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_line_that_is_filled_in_says_what_its_template_says(
    template: str, given: dict[str, Any], language: str
) -> None:
    with translation.override(language):
        for row in shapes():
            assert moulded(template, [row], **given) == alone(template, [row], **given)


@pytest.mark.parametrize("wants", ["missing", "question", "asked", "refused", "otherwise"])
@pytest.mark.parametrize("may_enter", [True, False])
def test_a_line_that_is_open_says_what_its_template_says(wants: str, may_enter: bool) -> None:
    rows = [Left(PLAIN.uid, PLAIN.name, wants, "chưa có số liệu"), Left(PLAIN.uid, "b", wants, "")]

    drawn = moulded("pages/reports/open_line.html", rows, may_enter=may_enter)
    assert drawn == alone("pages/reports/open_line.html", rows, may_enter=may_enter)
    assert "&lt;2%&gt; &amp; cận nghèo \ue0000\ue001 %s {{ name }}" in drawn


def test_what_a_line_holds_is_printed_or_asked_about_or_seldom_there() -> None:
    known = {*Line.PRINTED, *Line.SHAPED}
    names = {one.name for one in fields(Line)}

    assert known <= names
    assert names - known == set(FEW)


def test_lines_of_one_shape_are_drawn_once() -> None:
    rows = [replace(PLAIN, name=f"Dòng {n}", unit_text="điểm") for n in range(50)]
    moulded("pages/reports/line.html", rows[:1], may_enter=True)
    before = _mould.cache_info()
    page = moulded("pages/reports/line.html", rows, may_enter=True)
    after = _mould.cache_info()

    assert (after.hits - before.hits, after.misses - before.misses) == (50, 0)
    assert [f">Dòng {n}</span>" in page for n in range(50)] == [True] * 50
    assert after.maxsize == MOST
