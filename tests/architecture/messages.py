"""What the pages say, collected from templates and code, and what the catalogues answer.

Templates go through Django's own translation to what a message extractor reads; attributes of
components that hold an expression (``:title="_('...')"``) stand outside its tags and are read
beside it. A message is known by its context and its singular.
"""

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.inspecting import CHECKOUT

_CALL = re.compile(
    r"(?<!\w)(?P<name>_|n?p?gettext)\(\s*(?P<args>(?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?\s*)+)"
)
_EXPRESSION = re.compile(r"_\(\s*('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*\)")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_POSITIONAL = re.compile(r"(?<!%)(?:%%)*%[sd]")

SPOKEN = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "pgettext": -1,
    "pgettext_lazy": -1,
    "npgettext": -2,
    "npgettext_lazy": -2,
}
"""How many messages a call says; below nought where a context comes first."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something that a page says, with the places where it says so."""

    context: str
    singular: str
    plural: str = ""


def _message(name: str, texts: list[str]) -> Message:
    count = SPOKEN[name]
    context = texts[0] if count < 0 else ""
    said = texts[1:] if count < 0 else texts
    return Message(context, said[0], said[1] if abs(count) == 2 else "")


def in_template(text: str, name: str = "") -> set[Message]:
    """Return what a template says."""
    found = set()
    for call in _CALL.finditer(templatize(text, origin=name)):
        texts = ast.literal_eval(f"[{call['args']}]")
        found.add(_message(call["name"], list(texts)))
    found |= {Message("", ast.literal_eval(each)) for each in _EXPRESSION.findall(text)}
    return found


def in_code(text: str) -> tuple[set[Message], list[int]]:
    """Return what a module says, and the lines on which a call is not a plain string."""
    found: set[Message] = set()
    unclear: list[int] = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in SPOKEN:
            continue
        needed = abs(SPOKEN[name]) + (SPOKEN[name] < 0)
        texts = [arg.value for arg in node.args[:needed] if isinstance(arg, ast.Constant)]
        if len(texts) < needed or not all(isinstance(each, str) for each in texts):
            unclear.append(node.lineno)
        else:
            found.add(_message(name, [str(each) for each in texts]))
    return found, unclear


def catalogue(language: str) -> Catalog | None:
    """Return the catalogue of a language, or None where there is none."""
    path = CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def answers(catalog: Catalog, message: Message) -> tuple[str, ...]:
    """Return the forms in which the catalogue says a message; empty where it does not."""
    wanted: str | tuple[str, str] = (
        (message.singular, message.plural) if message.plural else message.singular
    )
    entry = catalog.get(wanted, context=message.context or None)
    if entry is None or entry.fuzzy:
        return ()
    forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    return tuple(str(form) for form in forms)


def untranslated(messages: Iterable[Message], catalog: Catalog) -> list[str]:
    """Return the messages that the catalogue leaves without a word."""
    return sorted(
        message.singular
        for message in messages
        if not answers(catalog, message) or not all(answers(catalog, message))
    )


def wrong_placeholders(messages: Iterable[Message], catalog: Catalog) -> list[str]:
    """Return the messages whose translation names other things than the original does."""
    wrong = []
    for message in messages:
        named = set(_PLACEHOLDER.findall(message.singular + message.plural))
        for form in filter(None, answers(catalog, message)):
            said = set(_PLACEHOLDER.findall(form))
            optional = named if message.plural else set()
            if not (said <= named and named - optional <= said):
                wrong.append(message.singular)
    return sorted(set(wrong))


def positional(messages: Iterable[Message]) -> list[str]:
    """Return the messages whose parts have no names, so that no translation can turn them round."""
    return sorted(
        message.singular
        for message in messages
        if _POSITIONAL.search(_PLACEHOLDER.sub("", message.singular + message.plural))
    )


def all_messages(templates: Mapping[str, str], modules: Mapping[str, str]) -> set[Message]:
    """Return everything that the product says."""
    said: set[Message] = set()
    for name, text in templates.items():
        if Path(name).suffix == ".html":
            said |= in_template(text, name)
    for text in modules.values():
        said |= in_code(text)[0]
    return said
