"""A unit gets a code of a public numbering: its form is checked, the former code keeps its days."""

from datetime import date

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


def form(code: str, since: str = "1/9/2024", system: str = "gso") -> dict[str, str]:
    return {"client_key": str(key()), "system": system, "code": code, "since": since}


def borne(cast: Cast) -> list[tuple]:
    rows = units.codes_of(unit_id=cast.sen_tay.pk)
    return [(row.code, row.valid.lower, row.valid.upper) for row in rows]


def test_a_new_code_begins_and_the_former_one_keeps_its_days(cast: Cast) -> None:
    services.number_unit(unit=cast.sen_tay, system="gso", code="00001", actor=SYSTEM, at=NOW)
    visit, path = Visit(cast.chi), f"/units/{cast.sen_tay.uid}/code/"
    assert path in text_of(visit.look(f"/units/{cast.sen_tay.uid}/"))
    assert "00001" in text_of(visit.look(path))

    visit.send(path, form("00002"))
    entries = Entry.objects.count()
    visit.send(path, form("00002"))  # twice is once

    day = date(2024, 9, 1)
    assert borne(cast) == [("00002", day, None), ("00001", None, day)]
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("code", "since", "system", "field"),
    [
        ("0002", "1/9/2024", "gso", "code"),
        ("000.00.12.H26", "1/9/2024", "decision-20-2020", "code"),
        ("", "1/9/2024", "gso", "code"),
        ("00009", "1/9/2024", "gso", "code"),  # another unit bears it
        ("00001", "1/9/2024", "gso", "code"),  # it bears that one already
        ("00003", "hôm qua", "gso", "since"),
        ("00003", "1/9/2024", "khac", "system"),
        ("00003", "31/7/2008", "gso", "since"),  # it did not stand yet
    ],
)
def test_a_wrong_code_is_refused_with_place_and_cure(
    cast: Cast, code: str, since: str, system: str, field: str
) -> None:
    for unit, held in ((cast.sen_tay, "00001"), (cast.sen_cu, "00009")):
        services.number_unit(unit=unit, system="gso", code=held, actor=SYSTEM, at=NOW)

    path = f"/units/{cast.sen_tay.uid}/code/"
    shown = Visit(cast.chi).send(path, form(code, since, system), status=422)

    assert list(shown.context["form"].errors) == [field]
    assert borne(cast) == [("00001", None, None)]
    if code == "0002":
        assert "00004" in text_of(shown)


def test_a_code_ends_with_its_unit_and_comes_back_when_that_is_undone(cast: Cast) -> None:
    day, by = date(2024, 10, 1), {"user": cast.chi, "on": TODAY, "at": NOW}
    words = {"unit": cast.sen_tay, "receiver": cast.ho_sen, "legal_basis": "NQ"}
    change = services.abolish_unit(day=day, **words, **by)
    visit, path = Visit(cast.chi), f"/units/{cast.sen_tay.uid}/code/"

    refused = visit.send(path, form("00003", "1/10/2024"), status=422)
    assert list(refused.context["form"].errors) == ["since"]
    visit.send(path, form("00002"))
    visit.send(path, form("00002"))  # twice is once
    assert borne(cast) == [("00002", date(2024, 9, 1), day)]

    services.undo_change(change=change, **by)
    assert borne(cast) == [("00002", date(2024, 9, 1), None)]


def test_whoever_may_not_change_the_unit_does_not_number_it(cast: Cast) -> None:
    given = {"unit": cast.sen_tay, "system": "gso", "code": "00002", "since": TODAY}

    with pytest.raises(services.ChangeNotAllowed):
        services.renumber_unit(**given, user=cast.mai, on=TODAY, at=NOW)
