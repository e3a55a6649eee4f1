"""Pages of mandates: given, ended early, and what was opened by them."""

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Mandate
from lotrinh.web.wording_of_pages import PAGES
from tests.cast import Cast
from tests.factories import TODAY, appoint, key, make_duty, make_person, make_post, make_role
from tests.web.matrix.table import LISTED, SHOWN
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


def words(**more: str) -> dict[str, str]:
    said = {"client_key": str(key()), "subject": "Việc giao cho quận", "scope": "quan ho sen"}
    said |= {"person_1": "Hoàng Bách", "role": "inspector", "since": "7/8/2024"}
    return {**said, "last": "31/8/2024", "legal_basis": "Quyết định số 9", **more}


def latest() -> Mandate:
    return Mandate.objects.latest("pk")


def test_a_mandate_is_given_and_its_holder_inspects(cast: Cast) -> None:
    visit, form = Visit(cast.chi), words(person_2="Vũ Thị Mai", person_3="Hoàng Bách")

    assert 'href="/mandates/new/"' in text_of(visit.look("/rights/"))
    visit.look("/mandates/new/")
    done = visit.send("/mandates/new/", form)
    again = visit.send("/mandates/new/", form)

    mandate = latest()
    assert done["Location"] == again["Location"] == f"/mandates/{mandate.uid}/"
    assert [one.full_name for one in mandate.people.order_by("sort_key")] == [
        "Hoàng Bách",
        "Vũ Thị Mai",
    ]
    assert mandate.scope == cast.ho_sen
    shown = visit.look(done["Location"])
    assert shown.context["mandate"].state == "now"
    assert "to the end of" in text_of(_english(visit).look(done["Location"]))
    Visit(cast.bach).look("/people/")
    assert Entry.objects.filter(verb="mandate.used", object_uid=mandate.uid).count() == 1


def _english(visit: Visit) -> Visit:
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)
    return visit


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"person_1": ""}, "person_1"),
        ({"person_1": "Không Ai"}, "person_1"),
        ({"person_2": "Lý Hai"}, "person_2"),
        ({"scope": "Không Có"}, "scope"),
        ({"role": "reader"}, "role"),
        ({"last": ""}, "last"),
        ({"last": "1/8/2024"}, "last"),
        ({"since": "hôm qua"}, "since"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"subject": ""}, "subject"),
        ({"person_1": "Trần Mộc Chi"}, "__all__"),
    ],
)
def test_a_wrong_form_says_where_and_keeps_what_was_typed(
    cast: Cast, more: dict[str, str], field: str
) -> None:
    for unit in (cast.ho_sen, cast.dong_gao):
        appoint(make_person("Lý Hai"), make_post(unit, role=make_role("nobody", actions=[])))
    before = Mandate.objects.count()

    shown = Visit(cast.chi).send("/mandates/new/", words(**more), status=422)

    assert list(shown.context["form"].errors) == [field]
    assert 'value="Quyết định số 9"' in text_of(shown) or field == "legal_basis"
    assert Mandate.objects.count() == before


def test_a_mandate_is_ended_early_by_a_decision(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send("/mandates/new/", words())
    path = f"/mandates/{latest().uid}/end/"
    form = {"client_key": str(key()), "last": "15/8/2024", "legal_basis": "Quyết định số 10"}

    assert list(visit.send(path, {**form, "legal_basis": ""}, status=422).context["form"].errors)
    visit.send(path, {**form, "last": "1/8/2024"}, status=422)
    visit.send(path, form)

    assert latest().valid.upper.isoformat() == "2024-08-16"
    shown = text_of(visit.look(f"/mandates/{latest().uid}/"))
    assert "Quyết định số 10" in shown
    assert "Quyết định số 9" in shown


def test_what_was_opened_is_told_to_those_who_give_mandates(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send("/mandates/new/", words(person_1="Vũ Thị Mai", scope="Quận Hồ Sen"))
    mandate, duty = latest(), make_duty(owed_to=cast.ho_sen, user=cast.chi, unit=cast.ho_sen)
    inspector = Visit(cast.mai)
    inspector.look(f"/duties/{duty.uid}/")
    inspector.look(f"/units/{cast.ho_sen.uid}/")
    inspector.look("/documents/")

    shown = _english(visit).look(f"/mandates/{mandate.uid}/opened/")

    told = [(one.who, one.page_text, one.name, one.url) for one in shown.context["lines"]]
    assert told == [
        ("Vũ Thị Mai", "list of documents", "", ""),
        ("Vũ Thị Mai", "unit", "Ho Sen District", f"/units/{cast.ho_sen.uid}/"),
        ("Vũ Thị Mai", "duty", duty.title, f"/duties/{duty.uid}/"),
    ]
    Visit(cast.mai).look(f"/mandates/{mandate.uid}/opened/", status=403)
    Visit(cast.khe).look(f"/mandates/{mandate.uid}/opened/", status=404)


def test_what_was_opened_comes_page_by_page_and_costs_the_same(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send("/mandates/new/", words(person_1="Vũ Thị Mai"))
    path, inspector = f"/mandates/{latest().uid}/opened/", Visit(cast.mai)
    inspector.look(f"/units/{cast.ho_sen.uid}/")
    few = visit.cost(path)
    for _ in range(60):
        inspector.look(f"/units/{cast.ho_sen.uid}/")

    first = visit.look(path)
    second = visit.look(first.context["next_url"])

    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 11)
    assert visit.cost(path) == few <= 20
    assert visit.cost("/mandates/") <= 20


def test_the_list_shows_ended_ones_too(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send("/mandates/new/", words(since="1/9/2024", last="30/9/2024"))
    path = f"/mandates/{latest().uid}/end/"
    form = {"client_key": str(key()), "last": "20/8/2024", "legal_basis": "Quyết định số 10"}
    visit.send(path, form)

    rows = visit.look("/mandates/").context["mandates"]
    assert [row.state for row in rows] == ["withdrawn", "now"]
    seen = units.mandates_seen(seen_by=cast.chi.pk, on=TODAY)
    assert [one.mandate.valid.isempty for one in seen] == [False]
    assert "1/9/2024" in text_of(visit.look("/mandates/"))


def test_every_page_of_an_object_has_a_word_in_the_record() -> None:
    assert {*SHOWN, *LISTED} <= set(PAGES)
