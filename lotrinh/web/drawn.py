"""Components that depend on nothing but what they are given: each is drawn once and kept.

A page of fifty rows holds hundreds of signs, words and days, few of which differ; drawn anew each
time they take most of the time of a list. They are written as every component is
(``<c-status :status="row.status" />``), and see nothing of the page around them. What is kept is
kept by language, holds nothing that only some may read, and is thrown away once it is seldom asked
for. All other components are drawn by django-cotton.
"""

from functools import lru_cache
from typing import Any

from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django_cotton.tag_parser import parse_component_tag
from django_cotton.templatetags._component import cotton_component

KEPT = frozenset(
    {
        "brand",
        "clarity",
        "decision",
        "due",
        "heat",
        "keys",
        "missing",
        "outbox",
        "palette",
        "shape",
        "standing",
        "status",
    }
)
"""The components that say the same whenever they are given the same."""
MOST = 4096
"""So many are kept; a list of all days and numbers of days that pages name is not half as long."""

Given = tuple[tuple[str, type[Any], Any], ...]
"""Names and values. A marked-up text equals the same text unmarked: the type tells them apart."""

register = Library()


class DrawnNode(Node):
    """A component of ``KEPT`` with the expressions for what it is given."""

    def __init__(self, name: str, given: dict[str, FilterExpression | str]) -> None:
        self.name = name
        self.given = given

    def render(self, context: Context) -> str:
        """Return the component drawn, now or before."""
        values = {
            name: said if isinstance(said, str) else said.resolve(context, ignore_failures=True)
            for name, said in self.given.items()
        }
        given = tuple((name, type(value), value) for name, value in values.items())
        try:
            return _kept(self.name, get_language(), given)
        except TypeError:  # a list cannot be looked up
            return _draw(self.name, values)


@register.tag("cotton")
def component(parser: Parser, token: Token) -> Node:
    """Compile a component: those of ``KEPT`` are kept, the others are cotton's."""
    told = parse_component_tag(token.contents)
    if told.name not in KEPT:
        of_cotton: Node = cotton_component(parser, token)
        return of_cotton
    inside = parser.parse(("endcotton",))
    parser.delete_first_token()
    if inside or told.only:
        raise TemplateSyntaxError(f"<c-{told.name}> is drawn from its attributes alone")
    return DrawnNode(told.name, dict(_said(parser, *one) for one in told.attrs.items()))


def _said(parser: Parser, name: str, quoted: Any) -> tuple[str, FilterExpression | str]:
    """Return an attribute as it is resolved: after a colon an expression, else the very words."""
    words = str(quoted)[1:-1]
    if str(quoted)[:1] not in {'"', "'"} or "{{" in words or "{%" in words:
        raise TemplateSyntaxError(f"{name}: write {name}='words' or :{name}='expression'")
    return (name[1:], parser.compile_filter(words)) if name.startswith(":") else (name, words)


@lru_cache(maxsize=MOST)
def _kept(name: str, language: str | None, given: Given) -> str:
    """Return a component in a language; ``language`` tells what is kept apart."""
    return _draw(name, {key: value for key, _, value in given})


def _draw(name: str, values: dict[str, Any]) -> str:
    return render_to_string(f"components/{name}.html", values)
