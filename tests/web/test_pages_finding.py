"""The page that leads anywhere finds pages, units, documents and duties that the reader sees."""

import pytest

from lotrinh.rules.duty_states import Step
from tests.apps.duties.test_totals import drafted, step_on
from tests.cast import Cast
from tests.factories import TODAY
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


def finds(visit: Visit, words: str) -> dict[str, list[str]]:
    kinds = visit.look(f"/find/?q={words}").context["kinds"]
    return {kind.code: [one.url for one in kind.finds] for kind in kinds}


def test_words_lead_to_what_the_reader_sees_and_to_nothing_else(cast: Cast) -> None:
    duty = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    document = duty.sources.get().rendition.document
    words = duty.title.split()[0].lower()
    number = document.number.split("/")[0]

    seen, hidden = Visit(cast.thach), Visit(cast.khe)

    assert f"/duties/{duty.uid}/" in finds(seen, words)["duties"]
    assert "duties" not in finds(hidden, words)
    assert f"/documents/{document.uid}/" in finds(seen, number)["documents"]
    assert "documents" not in finds(hidden, number)
    assert finds(hidden, "ho sen")["units"]
    assert finds(hidden, "bảng theo dõi") == {"pages": ["/duties/board/"]}
    assert finds(hidden, "") == {"pages": finds(seen, "")["pages"]}
    assert Visit(cast.thach).cost(f"/find/?q={number}") <= 20


def test_a_word_without_marks_finds_a_name_with_them_and_one_with_marks_holds_to_them(
    cast: Cast,
) -> None:
    duty = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    type(duty).objects.filter(pk=duty.pk).update(title="Đề án cấp nước sạch")
    visit, found = Visit(cast.thach), [f"/duties/{duty.uid}/"]

    assert finds(visit, "de an nuoc")["duties"] == found
    assert finds(visit, "đề án")["duties"] == found
    assert "duties" not in finds(visit, "dế án")
    assert "duties" not in finds(visit, "100%")


def test_only_the_first_eight_different_words_are_looked_for(cast: Cast) -> None:
    duty = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    type(duty).objects.filter(pk=duty.pk).update(title="mot hai ba bon nam sau bay tam")
    visit, eight = Visit(cast.thach), "mot hai ba bon nam sau bay tam"

    assert finds(visit, f"{eight} chin")["duties"] == [f"/duties/{duty.uid}/"]
    assert "duties" not in finds(visit, f"{'mot ' * 8} chin")


def test_the_palette_is_given_the_same_finds_as_options(cast: Cast) -> None:
    listed = text_of(Visit(cast.thach).look("/find/?q=ho+sen&as=list"))

    assert listed.startswith('<div data-total="')
    assert 'role="option"' in listed
    assert f'href="/units/{cast.ho_sen.uid}/"' in listed
    assert "<html" not in listed
