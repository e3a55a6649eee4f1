"""A day is printed in one form in each language, and no line ends within it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from lotrinh.apps.duties import letters
from lotrinh.web import formatting
from tests.architecture.inspecting import sources, templates

MACHINE = {"'Y-m-d'", "'c'", '"Y-m-d"', '"c"'}
"""Forms for machines, in attributes."""
HOUR = '"H:i"'
PRINTERS = {
    "lotrinh/web/formatting.py",
    "lotrinh/web/days.py",
    "lotrinh/apps/duties/letters.py",  # below the pages; its form is held to theirs below
}
_PRINTED = re.compile(r"\|date(?::(_\([^)]*\)|\"[^\"]*\"|'[^']*'))?")
_TYPED = re.compile(r"""value="\{\{ \w+\|date:'j/n/Y' \}\}\"""")


def faults(text: str) -> list[str]:
    """Return the forms in which a template prints days beside the one of ``lotrinh.web.days``."""
    found = _PRINTED.findall(_TYPED.sub("", text))
    return [form for form in found if form not in MACHINE and form != HOUR]


def test_templates_print_days_by_the_filters_alone():
    found = {name: faults(text) for name, text in templates().items()}

    assert {name: forms for name, forms in found.items() if forms} == {}


def test_modules_leave_the_form_of_a_day_to_formatting():
    wrote = re.compile(r"\bdate_format\(|\.strftime\(")
    found = {name for name, text in sources("web", "apps").items() if wrote.search(text)}

    assert found <= PRINTERS


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ('{{ on|date:"j/n/Y" }}', ['"j/n/Y"']),
        ('{{ on|date:_("j F Y") }}', ['_("j F Y")']),
        ("{{ on|date }}", [""]),
        ("""<input name="on" value="{{ on|date:'j/n/Y' }}">""", []),
        ("""<time datetime="{{ on|date:'Y-m-d' }}">{{ on|day }}</time>""", []),
    ],
)
def test_another_form_is_found(text, forms):
    assert faults(text) == forms


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "6 Aug 2024|August 2024|Tue, 6 Aug 2024|17:30, 6 Aug 2024|6 Aug 2024|"),
        ("vi", "6/8/2024|tháng 8/2024|Thứ 3, 6/8/2024|17:30, 6/8/2024|6/8/2024|"),
    ],
)
def test_each_language_has_one_form(language, words):
    shown = Template(
        "{{ on|day }}|{{ on|month }}|{{ on|weekday_and_day }}|"
        "{{ at|moment }}|{{ at|day }}|{{ no|day }}"
    )
    given = {"on": date(2024, 8, 6), "at": datetime(2024, 8, 6, 10, 30, tzinfo=UTC), "no": None}

    with translation.override(language):
        assert shown.render(Context(given)).replace(formatting.JOIN, " ") == words


@pytest.mark.parametrize(
    ("iso", "en", "vi"),
    [
        ("2024-08-06", "6_Aug_2024", "6/8/2024"),
        ("2024-08", "August_2024", "tháng_8/2024"),
        ("2024-Q3", "quarter_III of 2024", "quý_III/2024"),
        ("XXXX-08-06", "6_Aug", "6/8"),
        ("2021/2025", "2021 – 2025", "2021 – 2025"),
        ("XXXX-13-06", "XXXX-13-06", "XXXX-13-06"),
    ],
)
def test_a_stated_time_is_not_broken_by_a_line(iso, en, vi):
    for language, words in (("en", en), ("vi", vi)):
        with translation.override(language):
            assert formatting.stated(iso) == words.replace("_", formatting.JOIN)


def test_letters_write_days_as_the_pages_do():
    for language in ("en", "vi"):
        with translation.override(language):
            printed = formatting.day(date(2024, 9, 26)).replace(formatting.JOIN, " ")
            assert letters._day(date(2024, 9, 26)) == printed
