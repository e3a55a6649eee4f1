"""Components that are drawn once and kept: what they say, to whom, and what they cannot see."""

from datetime import date
from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from lotrinh.web.drawn import KEPT, MOST, _kept
from lotrinh.web.presenters.shapes import Status

COMPONENTS = Path(__file__).parents[2] / "lotrinh" / "web" / "components"


def drawn(source: str, **given: object) -> str:
    """Return a piece of a page; here cotton's own tags are written out."""
    return Engine.get_default().from_string(source).render(Context(given)).strip()


def said(name: str, attributes: str) -> str:
    return f"{{% cotton {name} {attributes} %}}{{% endcotton %}}"


def test_each_of_them_has_a_template_and_no_content_of_its_own() -> None:
    for name in KEPT:
        render_to_string(f"components/{name}.html")
        with pytest.raises(TemplateSyntaxError):
            drawn(f"{{% cotton {name} %}}words{{% endcotton %}}")


def test_a_status_is_said_in_the_language_of_the_page_each_time() -> None:
    page = said("status", ':status="row.status"')
    for _round in range(2):
        for language, words in (("vi", "Chậm 3 ngày"), ("en", "3 days late")):
            with translation.override(language):
                assert words in drawn(page, row={"status": Status("late", 3)})
    with translation.override("en"):
        assert "4 days late" in drawn(page, row={"status": Status("late", 4)})
        assert "1 day late" in drawn(page, row={"status": Status("late", 1)})


def test_what_was_drawn_before_is_not_drawn_again() -> None:
    page = said("due", ':on="day"')
    drawn(page, day=date(2031, 2, 3))
    before = _kept.cache_info()
    drawn(page, day=date(2031, 2, 3))
    after = _kept.cache_info()

    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)
    assert after.maxsize == MOST


def test_words_that_people_wrote_are_escaped_also_after_marked_up_ones_that_are_equal() -> None:
    page = said("due", ':on="day" :text="text"')

    assert drawn(page, day=None, text=mark_safe("<b>1</b>")) == "<b>1</b>"
    assert drawn(page, day=None, text="<b>1</b>") == "&lt;b&gt;1&lt;/b&gt;"
    assert drawn(page, day=None, text=mark_safe("<b>1</b>")) == "<b>1</b>"


def test_a_component_sees_nothing_of_the_page_around_it() -> None:
    with translation.override("en"):
        shown = drawn(said("due", ':on="day"'), day=date(2024, 8, 7), text="of the page")

    assert shown == '<time datetime="2024-08-07">7\xa0Aug\xa02024</time>'


def test_what_cannot_be_looked_up_is_drawn_all_the_same() -> None:
    page = said("missing", ':codes="codes"')
    with translation.override("en"):
        assert drawn(page, codes=["person"]) == drawn(page, codes=("person",))
        assert "person" in drawn(page, codes=["person"])


@pytest.mark.parametrize("attributes", ["code=late", 'code="{{ code }}"', "code"])
def test_an_attribute_is_a_word_or_an_expression(attributes: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="expression"):
        drawn(said("shape", attributes))


def test_other_components_are_as_before() -> None:
    assert "words" in drawn("{% cotton empty %}words{% endcotton %}")


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_is_kept_states_no_defaults_for_they_would_hide_what_is_given(name: str) -> None:
    assert "<c-vars" not in (COMPONENTS / f"{name}.html").read_text("utf-8")
