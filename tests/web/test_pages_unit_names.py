"""Names of units for fields: listed where they are few, asked for where they are many."""

import json
import re

import pytest

from lotrinh.apps.units import selectors as units
from lotrinh.web.presenters import names as presenters
from lotrinh.web.presenters.names import UnitNames, names_like
from tests.cast import Cast
from tests.factories import TODAY, make_unit
from tests.web.visiting import Visit, text_of

PATH = "/units/names/"


def asked(visit: Visit, typed: str) -> list[str]:
    found: list[str] = json.loads(visit.look(f"{PATH}?q={typed}").content)["names"]
    return found


def test_names_are_found_without_marks_and_in_any_order(cast: Cast) -> None:
    visit = Visit(cast.ha)

    assert asked(visit, "phuong sen tay") == ["Phường Sen Tây"]
    assert asked(visit, "tay sen") == ["Phường Sen Tây"]
    assert asked(visit, "khong co") == asked(visit, "") == []


def test_what_stands_no_more_is_not_offered(cast: Cast) -> None:
    assert units.units_found("phuong sen cu")
    assert names_like("phuong sen cu", on=TODAY) == []


def test_what_is_offered_is_the_very_name_that_is_understood(cast: Cast) -> None:
    for parent in (cast.ho_sen, cast.dong_gao):
        make_unit(f"doi-{parent.code}", parent=parent, name_vi="Phường Đôi", name_en="Twin")
    known = UnitNames.standing(on=TODAY)

    for label in known.labels:
        assert label in names_like(label.split(",")[0], on=TODAY)
    assert names_like("doi", on=TODAY) == [
        f"Phường Đôi, {parent.name_vi}" for parent in (cast.ho_sen, cast.dong_gao)
    ]


def test_a_form_lists_few_names_and_asks_for_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = (
        f"/units/{cast.sen_tay.uid}/change/move/",
        f"/units/{cast.sen_tay.uid}/posts/new/",
        "/groups/new/",
        "/mandates/new/",
        "/people/new/",
        "/rights/why/",
    )
    visit = Visit(cast.chi)
    for path in paths:
        shown = text_of(visit.look(path))
        assert '<option value="Phường Sen Tây">' in shown
        assert "data-suggest" not in shown

    monkeypatch.setattr(presenters, "MOST_OFFERED", 3)

    for path in paths:
        shown = text_of(visit.look(path))
        assert re.findall(r'<datalist id="units"[^>]*>', shown) == [
            f'<datalist id="units" data-suggest="{PATH}">'
        ]
        assert '<option value="Phường' not in shown


def test_a_name_is_understood_though_no_list_was_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenters, "MOST_OFFERED", 3)
    given = {
        "parent": cast.dong_gao.name_vi,
        "day": "1/9/2024",
        "legal_basis": "Nghị quyết",
        "client_key": "01a202ba-05fc-7531-b1de-9e36dbce1547",
    }

    shown = Visit(cast.chi).send(f"/units/{cast.sen_tay.uid}/change/move/", given, status=200)

    assert shown.context["preview"] is not None
