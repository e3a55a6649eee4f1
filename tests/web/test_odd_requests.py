"""Whatever is typed into an address or sent in a form is answered, in bounded room and time."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting.models import Collection, Report
from lotrinh.apps.units.models import Group
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.web.formatting import typed_day
from lotrinh.web.pages import account
from lotrinh.web.presenters.desk_order import MOST_OPEN
from tests.apps.hooks.telling import make_hook
from tests.cast import Cast
from tests.factories import (
    NOW,
    TEXT,
    key,
    make_document,
    make_duty,
    make_run,
    make_target,
    make_tree,
)
from tests.ledgers import make_measure
from tests.programmes import held, owe
from tests.reports import make_group, make_regime, open_month
from tests.web.visiting import Visit, text_of

PARAMETERS = {
    "accounts": ("q", "state", "after"),
    "calendar": ("year",),
    "calendar-export": ("year",),
    "changes": ("planned_after", "past_after"),
    "conferences": ("page",),
    "programmes": ("show", "under", "page"),
    "programmes-file": ("show", "under"),
    "programmes-coverage": ("under", "page"),
    "programmes-remind": ("whom",),
    "conference-watch": ("as",),
    "collection": ("show", "unit", "under", "page"),
    "collection-file": ("show", "unit", "under"),
    "collection-outliers": ("page",),
    "integrity": ("rule", "state", "period", "unit", "collection", "page"),
    "account_login": ("next",),
    "desk": ("at", "ask", "order"),
    "desk-add": ("passage",),
    "desk-differences": ("of",),
    "desk-news": ("after",),
    "desk-several": ("act", "table", "name", "alike", "row", "ask", "order"),
    "proposal-split": ("ask", "order"),
    "document": ("text", "on", "clause", "at"),
    "document-cascade": ("on", "column", "stands", "yet", "page"),
    "document-family": ("on",),
    "document-reference": ("on",),
    "document-original": ("text",),
    "documents": (
        "q",
        "state",
        "system",
        "type",
        "issuer",
        "keeper",
        "year",
        "held",
        "in_force",
        "language",
        "narrow",
        "after",
    ),
    "documents-file": (
        "q",
        "state",
        "system",
        "type",
        "issuer",
        "keeper",
        "year",
        "held",
        "in_force",
        "language",
    ),
    "duties-counted": (
        "class",
        "mark",
        "unit",
        "under",
        "to",
        "decides",
        "document",
        "of",
        "first",
        "last",
        "step",
        "since",
        "original",
        "after",
    ),
    "duties-file": (
        *("class", "mark", "unit", "under", "to", "decides", "document", "of"),
        *("first", "last", "step", "since", "original"),
    ),
    "duty-board": ("under", "all"),
    "duties-urge": ("duty", "document", "from"),
    "duties-import": ("document",),
    "duties": ("class", "state", "unit", "after"),
    "duty-parts": ("state", "after"),
    "find": ("q", "as"),
    "group": ("on", "after"),
    "groups": ("on",),
    "hook": ("after",),
    "keys": ("account",),
    "mandates": ("after",),
    "notices": ("after",),
    "people": ("q", "after"),
    "reading-rules": ("since", "until"),
    "reviews": ("page",),
    "report-files": ("line",),
    "report-history": ("line", "page"),
    "regime-open": ("first", "last"),
    "reports": ("page",),
    "roles": ("next",),
    "silent": ("why", "page"),
    "silent-file": ("why",),
    "target": ("kind",),
    "target-board": ("document", "unit", "period", "came", "page"),
    "target-board-file": ("document", "unit", "period", "came"),
    "target-figures": ("period", "basis", "unit"),
    "target-file": ("kind",),
    "targets": ("after",),
    "targets-at-risk": ("document", "as", "page"),
    "morning": ("since",),
    "meeting-new": ("document", "unit"),
    "meeting": ("page",),
    "unit": ("on",),
    "unit-strip": ("until", "regime", "all", "page"),
    "unit-names": ("q",),
    "units": ("on", "at", "since", "q", "open", "tree", "diff", "page"),
    "why": ("who", "action", "unit", "unit_meant", "on"),
}
"""What each page reads of its address."""
_READS = re.compile(r"""\bGET(?:\.get\(|, )"(\w+)\"""")
VALUES = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "%",
    "_",
    "\\",
    "'\"<>",
    "\u02bc",
    "M\u02bcNông",
    "-1",
    "0",
    "9" * 4400,
    "٣",
    "²",
    "1e9",
    "NaN",
    "9999-12-31",
    "31/12/9999",
    "1/1/1",
    "0001-01-01",
    "1/1/0000",
    "31/12/2200",
    "1/1/1900",
    "00000000-0000-0000-0000-000000000000",
    "{" + "0" * 32 + "}",
    "draft",
    "waiting",
    "cited",
    "//example.org",
    "\ud7ff\ufffe\U0010ffff",
    "x" * 20_000,
)
MANY = 120


@pytest.fixture
def run(cast: Cast) -> ReadingRun:
    return make_run(keeper=cast.office, user=cast.chi, text=TEXT)


@pytest.fixture
def long_run(cast: Cast) -> ReadingRun:
    """A programme of 120 tasks."""
    tasks = (f"{n}. Sở Y tế xây dựng kế hoạch số {n}." for n in range(1, MANY + 1))
    text = "\n".join(["CHƯƠNG TRÌNH", *tasks])
    return make_run(keeper=cast.office, user=cast.chi, text=text)


def scenario_group(cast: Cast) -> Group:
    """Save a group of the wards of Hồ Sen."""
    choice = Choice(
        name_vi="Phường", name_en="Wards", tree=make_tree(), kinds=["commune"], below=cast.ho_sen
    )
    return save_group(code="phuong", choice=choice, actor=SYSTEM, at=NOW)


def a_collection(cast: Cast) -> Collection:
    """Ask Sen Tây for the report of July."""
    make_group(cast.sen_tay)
    measure = make_measure(owed_to=cast.city, user=cast.chi)
    return open_month(
        make_regime(owed_to=cast.city, measures=[measure], user=cast.chi), user=cast.chi
    )


def scenario_report(cast: Cast) -> Report:
    """Let the ward report one figure for July."""
    make_group(cast.sen_tay)
    measure = make_measure(owed_to=cast.city, user=cast.chi)
    regime = make_regime(owed_to=cast.city, measures=[measure], user=cast.chi)
    return open_month(regime, user=cast.chi).reports.get()


def a_conference(cast: Cast) -> UUID:
    """Plan a conference."""
    return held(cast, make_document(keeper=cast.city, user=cast.chi)).uid


def a_call(cast: Cast) -> UUID:
    """Let two units owe programmes."""
    paper = make_document(keeper=cast.city, user=cast.chi)
    return owe(held(cast, paper), paper, user=cast.chi).uid


def a_document(cast: Cast) -> UUID:
    """Hand in a text and let it be read."""
    made = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    return made.rendition.document.uid


def a_proposal(cast: Cast) -> UUID:
    """Give the third proposal of a text."""
    made = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    return made.candidates.get(ordinal=3).uid


def a_target(cast: Cast) -> UUID:
    """Hold a target."""
    return make_target(owed_to=cast.city, user=cast.chi).uid


OBJECTS: dict[str, Callable[[Cast], UUID]] = {
    **dict.fromkeys(
        (
            "desk",
            "desk-add",
            "desk-differences",
            "desk-news",
            "desk-several",
            "document",
            "document-cascade",
            "document-family",
            "document-original",
        ),
        a_document,
    ),
    **dict.fromkeys([page for page in PARAMETERS if page.startswith("programmes")], a_call),
    "conference-watch": a_conference,
    **dict.fromkeys(("target", "target-figures", "target-file"), a_target),
    **dict.fromkeys(
        ("collection", "collection-file", "collection-outliers"),
        lambda cast: a_collection(cast).uid,
    ),
    **dict.fromkeys(
        [page for page in PARAMETERS if page.startswith("report-")],
        lambda cast: scenario_report(cast).uid,
    ),
    "unit-strip": lambda cast: cast.city.uid,
    "meeting": lambda cast: key(),
    "duty-parts": lambda cast: make_duty(owed_to=cast.city, user=cast.chi).uid,
    "hook": lambda cast: make_hook(cast.chi).uid,
    "proposal-split": a_proposal,
    "regime-open": lambda cast: a_collection(cast).regime.uid,
    "unit": lambda cast: cast.ho_sen.uid,
}
"""What the pages that speak of one thing speak of."""


def desk_of(run: ReadingRun) -> str:
    return f"/documents/{run.rendition.document.uid}/desk/"


def test_every_parameter_that_a_page_reads_is_tried() -> None:
    folder = Path(account.__file__).parent
    read = {
        name
        for path in folder.glob("*.py")
        for name in _READS.findall(path.read_text(encoding="utf-8"))
    }

    assert read - {name for names in PARAMETERS.values() for name in names} == set()


def alone(names: tuple[str, ...]) -> list[dict[str, str]]:
    """Return every value of every parameter, one at a time."""
    return [{name: value} for name in names for value in VALUES]


def together(names: tuple[str, ...]) -> list[dict[str, str]]:
    """Return every value of every parameter, all parameters at once with values of their own."""
    turns = range(len(VALUES))
    return [
        {name: VALUES[(at + 7 * n) % len(VALUES)] for n, name in enumerate(names)} for at in turns
    ]


def some(names: tuple[str, ...]) -> list[dict[str, str]]:
    """Return every sixth of these, beginning elsewhere for each page."""
    return together(names)[len("".join(names)) % 6 :: 6]


@pytest.mark.parametrize(
    "ways", [some, *(pytest.param(way, marks=pytest.mark.slow) for way in (together, alone))]
)
@pytest.mark.parametrize("page", PARAMETERS)
def test_no_value_of_any_parameter_breaks_a_page(
    cast: Cast, page: str, ways: Callable[[tuple[str, ...]], list[dict[str, str]]]
) -> None:
    given: dict[str, Any] = {"uid": OBJECTS[page](cast)} if page in OBJECTS else {}
    if page == "group":
        given = {"code": scenario_group(cast).code}
    path = reverse(page, kwargs=given)
    visit = Visit(None if page == "account_login" else cast.chi)
    visit.client.raise_request_exception = False

    broken = [
        {name: value[:20] for name, value in asked.items()}
        for asked in ways(PARAMETERS[page])
        if visit.client.get(path, asked).status_code >= 500
    ]

    assert broken == []


@pytest.mark.parametrize("typed", ["9999-12-31", "31/12/9999", "1/1/1", "31/12/1899", "1/1/2201"])
def test_a_day_outside_the_years_of_the_pages_is_no_day(cast: Cast, typed: str) -> None:
    assert typed_day(typed) is None

    shown = Visit(cast.chi).look(f"/units/{cast.ho_sen.uid}/?on={typed}")

    assert typed in text_of(shown)  # said to be no day; today is shown instead


@pytest.mark.parametrize("typed", ["1/1/1900", "31/12/2200", "2024-02-29"])
def test_a_day_inside_them_is_one(typed: str) -> None:
    assert typed_day(typed) is not None


@pytest.mark.parametrize("field", ["value", "due"])
@pytest.mark.parametrize("typed", ["1" + " " * 30_000 + "x", "1" * 61, "1 -" * 10_000])
def test_a_field_for_a_few_signs_takes_no_more(
    cast: Cast, run: ReadingRun, field: str, typed: str
) -> None:
    target = readings.candidates_of(run=run)[0]
    form = {"client_key": key(), "title": "Tỷ lệ", "comparator": "range", "value": "1 – 2"}

    answer = Visit(cast.chi).send(
        f"/proposals/{target.uid}/accept/", {**form, field: typed}, status=422
    )

    errors = answer.context["cards"][0].errors
    assert list(errors) == [field]
    assert "60" in errors[field]


def test_reading_asks_no_more_for_more_proposals(cast: Cast, run: ReadingRun) -> None:
    def cost(tasks: int) -> int:
        lines = (f"{n}. Sở Y tế xây dựng kế hoạch số {n}." for n in range(1, tasks + 1))
        text = "\n".join([f"CHƯƠNG TRÌNH {tasks}", *lines])
        waiting = make_run(keeper=cast.office, user=cast.chi, text=text, is_read=False)
        with CaptureQueriesContext(connection) as asked:
            intake.read_run(uid=waiting.uid, at=NOW)
        assert waiting.candidates.count() == tasks
        return len(asked)

    assert cost(5) == cost(80)


def test_the_desk_prints_a_page_of_proposals_and_the_way_on(
    cast: Cast, long_run: ReadingRun
) -> None:
    visit = Visit(cast.chi)

    def printed(path: str) -> tuple[list[int], Any]:
        shown = visit.look(path)
        body = text_of(shown)
        found = [n for n in range(1, MANY + 1) if f'data-card="{n}"' in body]
        assert body.count("data-proposal") == len(found)
        marks = [n for n in range(1, MANY + 1) if f'data-mark="{n}"' in body]
        assert marks == list(range(1, MANY + 1))
        return found, shown.context

    first, context = printed(desk_of(long_run))
    assert first == list(range(1, MOST_OPEN + 1))
    assert (context["window"].before, context["window"].after) == (0, MANY - MOST_OPEN)
    assert context["after_url"] == f"{desk_of(long_run)}?at={MOST_OPEN + 1}"

    second, context = printed(context["after_url"])
    assert second == list(range(MOST_OPEN + 1, 2 * MOST_OPEN + 1))
    assert context["here"] == MOST_OPEN + 1
    assert (context["window"].before, context["window"].after) == (MOST_OPEN, 20)
    assert context["before_url"] == f"{desk_of(long_run)}?at=1"

    last, context = printed(context["after_url"])
    assert last == list(range(MANY - MOST_OPEN + 1, MANY + 1))
    assert context["here"] == 2 * MOST_OPEN + 1
    assert (context["window"].before, context["window"].after) == (MANY - MOST_OPEN, 0)
    assert context["window"].after_at is None


def test_a_desk_says_how_many_follow_and_where(cast: Cast, long_run: ReadingRun) -> None:
    visit = Visit(cast.chi)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)

    body = text_of(visit.look(desk_of(long_run)))

    assert "70 more proposals to decide follow." in body
    assert f'href="{desk_of(long_run)}?at=51">Continue with proposal 51</a>' in body
    assert "stand before these" not in body
