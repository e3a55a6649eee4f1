"""Templates hold nothing that the content policy refuses and nothing that escapes the escaping."""

import pytest

from tests.architecture.inspecting import template_faults, templates

PLANTED = [
    ("<script>go()</script>", "an inline script"),
    ('<script nonce="x">go()</script>', "an inline script"),
    ('<p style="color:red">', "an inline style"),
    ("<style>p{}</style>", "an inline style"),
    ('<button onclick="go()">', "an event attribute"),
    ('<body onload="go()">', "an event attribute"),
    ('<div hx-on:click="go()">', "hx-on"),
    ("<div hx-vals='js:{a: 1}'>", "a js: value"),
    ('<a href="javascript:go()">', "a js: value"),
    ('<div hx-trigger="click[ctrlKey]">', "a trigger filter"),
    ('<img src="https://example.org/a.png">', "a resource of another host"),
    ('<script src="//example.org/a.js"></script>', "a resource of another host"),
    ('<link rel="stylesheet" href="http://example.org/a.css">', "a resource of another host"),
    ("{{ text|safe }}", "unescaped text"),
    ("{% autoescape off %}", "unescaped text"),
]
HARMLESS = [
    "<script src=\"{% static 'build/desk.js' %}\" defer></script>",
    '<a href="https://example.org/">a link leads out and loads nothing</a>',
    "{% comment %}never |safe, never style= {% endcomment %}",
    "{# onclick= #}",
    '<p data-position="on" class="one">condition = on</p>',
    '<rect width="{{ share }}" height="6"></rect>',
]


def test_no_template_breaks_the_content_policy():
    assert template_faults(templates()) == []


def test_there_are_templates_and_components():
    found = templates()

    assert "lotrinh/web/templates/base.html" in found
    assert "lotrinh/web/components/status.html" in found


@pytest.mark.parametrize(("text", "fault"), PLANTED)
def test_what_is_forbidden_is_found(text, fault):
    assert template_faults({"planted.html": f"<p>\n{text}"}) == [f"planted.html:2 {fault}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_is_left_alone(text):
    assert template_faults({"planted.html": text}) == []
