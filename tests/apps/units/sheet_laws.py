"""Laws of sheets for random organisations: out and in is the same, and in twice is in once."""

import io
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lotrinh.apps.files.sheets import as_csv, as_workbook, read_grid
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import NameKind
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import Refused
from lotrinh.rules.sheets import Verdict
from tests.factories import (
    LONG_AGO,
    NOW,
    TODAY,
    make_officer,
    make_person,
    make_post,
    make_role,
    make_tree,
    make_user,
)
from tests.unchanged import state_of_tables

pytestmark = pytest.mark.django_db

BY = {"actor": SYSTEM, "at": NOW}
days = st.integers(1, 150).map(lambda months: LONG_AGO + timedelta(days=30 * months))
ends = st.none() | days
words = st.text(
    st.sampled_from("aăâđeêọớựỹBCĐ 0123;\"[]'=+-@,./()–#_x\n\t\u0301"), min_size=1, max_size=12
)
dangerous = st.sampled_from(
    [
        *("=Ban; Tổ 1", '+"Chợ" [cũ]', "-Hội", "@Văn phòng", "'=x", "_x0041_", "Tổng cộng"),
        *("12/3/2024", "00123", "TRUE", "1e5", "Mã đơn vị", "#1", "sep=;"),
        "Ủy ban nhân dân\r\nphường " * 7,
    ]
)
names = words.filter(lambda text: any(letter.isalnum() for letter in text)) | dangerous
"""Names with everything that sheets, lists and formulas are written with."""


@st.composite
def organisations(draw):
    """Return the acts by which an organisation comes about, as data."""
    units = draw(st.integers(1, 6))
    return {
        "units": [
            {
                "names": (draw(names), draw(names)),
                "parent": draw(st.integers(0, 5)),
                "days": (draw(days), draw(ends)),
                "aliases": draw(st.lists(st.tuples(names, ends, ends), max_size=2)),
                "numbers": draw(st.lists(days, max_size=3, unique=True)),
                "second": draw(st.booleans()),
                "basis": draw(st.just("") | names),
            }
            for _ in range(units)
        ],
        "steps": draw(
            st.lists(
                st.tuples(
                    st.sampled_from(["rename", "move"]),
                    st.integers(0, 5),
                    st.integers(0, 5),
                    days,
                    names,
                ),
                max_size=5,
            )
        ),
        "people": draw(
            st.lists(
                st.tuples(names, st.integers(0, 5), days, ends, st.booleans(), st.booleans()),
                max_size=4,
            )
        ),
    }


def build(drawn):
    """Let the organisation come about through the services."""
    tree, other = make_tree(), make_tree("other")
    made = []
    for rank, told in enumerate(drawn["units"]):
        unit = services.create_unit(
            code=f"u{rank}",
            kind=("commune", "sở riêng")[rank % 2].replace(" ", "_"),
            name_vi=told["names"][0],
            name_en=told["names"][1],
            since=told["days"][0] if rank else LONG_AGO,
            **BY,
        )
        made.append(unit)
        for text, since, until in told["aliases"]:
            if not (since and until and until <= since):
                services.add_name(
                    unit=unit, kind=NameKind.ALIAS, text=text, since=since, until=until, **BY
                )
        number(unit, rank, sorted(told["numbers"]))
        place(unit, told, tree, made[told["parent"] % rank] if rank else None)
        if told["second"]:
            place(unit, told, other, made[0] if rank else None)
    change(drawn["steps"], made, tree)
    staff(drawn["people"], made)


def number(unit, rank, begun):
    """Give a unit a code from each day until the next, and one that it always bears."""
    for place, since in enumerate(begun):
        until = begun[place + 1] if place + 1 < len(begun) else None
        code = f"{rank:02}{place:03}"
        services.number_unit(unit=unit, system="gso", code=code, since=since, until=until, **BY)
    services.number_unit(unit=unit, system="QD20-2020", code=f"H26.{rank}", **BY)


def place(unit, told, tree, parent):
    since, until = told["days"] if parent else (LONG_AGO, None)
    if until is not None and until <= since:
        until = None
    try:
        with transaction.atomic():
            services.place_unit(
                unit=unit,
                tree=tree,
                parent=parent,
                since=since,
                until=until,
                legal_basis=told["basis"],
                **BY,
            )
    except services.ParentNotInForce:
        return


def change(steps, made, tree):
    """Rename and move, as far as the services allow it."""
    user = make_officer(made[0], actions=Action)
    by = {"legal_basis": "Nghị quyết", "user": user, "on": TODAY, "at": NOW}
    for verb, unit, parent, day, text in steps:
        one, other = made[unit % len(made)], made[parent % len(made)]
        try:
            with transaction.atomic():
                if verb == "rename":
                    services.rename_unit(unit=one, name_vi=text, name_en=f"{text} E", day=day, **by)
                else:
                    services.move_unit(unit=one, tree=tree, parent=other, day=day, **by)
        except (Refused, services.ChangeNotAllowed):
            continue


def staff(people, made):
    role = make_role("reader", actions=[Action.READ_DUTY])
    for rank, (name, unit, since, until, has_account, is_lent) in enumerate(people):
        if until is not None and until <= since:
            until = None
        whole = f"{name} {rank}"
        person = make_person(whole, user=make_user(f"tk{rank}") if has_account else None)
        post = make_post(made[unit % len(made)], role=role, title_vi=name, rank=rank % 2)
        held = services.appoint(
            person=person, post=post, since=since, until=until, acting=rank % 3 == 0, **BY
        )
        if is_lent:
            deputy = make_person(f"{whole} B")
            services.delegate(
                lender=held,
                person=deputy,
                since=since,
                until=until or since + timedelta(days=5),
                actions=[Action.READ_DUTY] if rank % 2 else None,
                **BY,
            )


def exported():
    """Return the sheets of units and of people as CSV and as the cells of a workbook."""
    found = {}
    for name, rows in (
        ("units", list(selectors.unit_sheet_rows(language="vi"))),
        ("people", list(selectors.people_sheet_rows(language="en"))),
    ):
        found[name] = rows, as_csv(rows)
    return found


def taken_over(content, name="a.csv", what="units", **more):
    grid = read_grid(content, name)
    act = {"units": services.import_units, "people": services.import_people}[what]
    return act(grid=grid, user=None, on=TODAY, at=NOW, **more).plan.verdicts


def back_and_forth(drawn, write, name):
    """Carry an organisation over into an empty installation; return what both export."""
    with transaction.atomic():
        build(drawn)
        first = exported()
        transaction.set_rollback(True)
    files = {what: write(rows) for what, (rows, _) in first.items()}
    for code in {"reader", *(row[3] for row in first["people"][0][1:] if row[3])}:
        make_role(code)
    for what, content in files.items():
        told = taken_over(
            content, name, what, **{"units": {"opens_trees": True, "new_kinds": True}}.get(what, {})
        )
        assert {row.verdict for row in told} <= {Verdict.NEW}
    return first, exported(), files


_ANY = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=4, **_ANY)
@given(organisations())
def test_out_and_into_an_empty_installation_and_out_again_is_the_same(drawn):
    keep_the_law(drawn)


@pytest.mark.slow
@settings(max_examples=100, **_ANY)
@given(organisations())
def test_out_and_in_is_the_same_for_many_organisations(drawn):
    keep_the_law(drawn)


def keep_the_law(drawn):
    """Write an organisation out, take it into an empty installation, and write it out again."""
    with transaction.atomic():
        first, second, files = back_and_forth(drawn, as_csv, "a.csv")
        assert second == first
        before = state_of_tables()
        for what, content in files.items():
            told = taken_over(content, what=what)
            assert {row.verdict for row in told} <= {Verdict.UNCHANGED}
        assert state_of_tables() == before
        payloads = " ".join(Entry.objects.values_list("payload", flat=True))
        assert not any(f'"{row[6]}"' in payloads for row in first["people"][0][1:])
        transaction.set_rollback(True)


@settings(max_examples=2, **_ANY)
@given(organisations())
def test_a_workbook_carries_the_same_cells(drawn):
    def write(rows):
        return as_workbook(rows, name="Lotrinh")

    with transaction.atomic():
        first, second, files = back_and_forth(drawn, write, "a.xlsx")
        assert second == first
        for what, (rows, _) in second.items():
            assert cells(write(rows)) == cells(files[what])
        transaction.set_rollback(True)


def cells(content):
    """Return what the cells of a workbook hold, as a program that knows types reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()
