"""Whether a Word file can serve as a template, and if not, which of its tags is at fault."""

import io
import re
import zipfile
from collections.abc import Iterator
from enum import StrEnum

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from lotrinh.rules.official.layouts import layouts

# Without these a text would lose words, a draft would look issued or a copy could not be verified.
NEEDED_TAGS = frozenset(
    {
        "appendix",
        "body",
        "capacity",
        "code",
        "draft",
        "issuer",
        "name",
        "number",
        "place",
        "post",
        "recipients",
        "seal",
    }
)
COMMON_TAGS = NEEDED_TAGS | {
    "about",
    "addressed",
    "kind",
    "legend",
    "letter_about",
    "recipients_head",
    "superior",
}
TITLE_TAGS = {"state": frozenset({"nation", "motto"}), "party": frozenset({"party"})}

# What a tag may be made of: a template names words and leaves out lines, it computes nothing.
_ALLOWED = (
    nodes.And,
    nodes.If,
    nodes.Name,
    nodes.Not,
    nodes.Or,
    nodes.Output,
    nodes.Template,
    nodes.TemplateData,
)

_TAG = re.compile(r"\{[{%].*?(?:[}%]\}|$)")


class TemplateFlaw(StrEnum):
    """Why a file cannot serve as a template."""

    NOT_WORD = "not_word"  # it is no Word file
    BROKEN = "broken"  # a tag that does not end, or ends nothing
    UNKNOWN = "unknown"  # a tag for which texts of this system have no words
    LACKING = "lacking"  # a tag that every template must have
    TOO_MUCH = "too_much"  # a tag that does more than name a word or ask whether there is one
    OTHER_SYSTEM = "other_system"  # it holds the title of the other system's texts


class TemplateFaulty(Exception):
    """A file cannot serve as a template: why, and which tag or words are at fault."""

    def __init__(self, flaw: TemplateFlaw, tag: str = "") -> None:
        super().__init__(f"{flaw.value}: {tag}" if tag else flaw.value)
        self.flaw, self.tag = flaw, tag


def opened(template: bytes) -> DocxTemplate:
    """Return a file as a template. Raises TemplateFaulty where it is no Word file."""
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.get_docx()
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError) as unreadable:
        raise TemplateFaulty(TemplateFlaw.NOT_WORD) from unreadable
    return document


def workshop() -> SandboxedEnvironment:
    """Return where the tags of a template are worked: it reaches nothing but a text's words."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def check(template: DocxTemplate, system: str) -> None:
    """Raise TemplateFaulty for the first thing that keeps a template from printing such texts."""
    known = COMMON_TAGS | TITLE_TAGS[system]
    used: set[str] = set()
    for part in _parts(template):
        used |= _tags_of(part)
        _refuse_other_title(part, system)
    if unknown := sorted(used - known):
        raise TemplateFaulty(TemplateFlaw.UNKNOWN, unknown[0])
    if lacking := sorted((NEEDED_TAGS | TITLE_TAGS[system]) - used):
        raise TemplateFaulty(TemplateFlaw.LACKING, lacking[0])


def _parts(template: DocxTemplate) -> Iterator[str]:
    """Yield the body, the headers and the footers as they are worked, a paragraph to a line."""
    raw = [template.get_xml()]
    for relation in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
        raw += [template.get_part_xml(part) for _, part in template.get_headers_footers(relation)]
    for xml in raw:
        yield re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(xml))


def _tags_of(part: str) -> set[str]:
    try:
        parsed = workshop().parse(part)
    except TemplateSyntaxError as broken:
        raise TemplateFaulty(TemplateFlaw.BROKEN, _tag_at(part, broken.lineno)) from broken
    for node in parsed.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise TemplateFaulty(TemplateFlaw.TOO_MUCH, _tag_at(part, node.lineno))
    return set(meta.find_undeclared_variables(parsed))


def _tag_at(part: str, line: int) -> str:
    """Return the first tag of a line as somebody typed it; the words of the line if it has none."""
    words = re.sub(r"<[^>]+>", "", part.splitlines()[line - 1])
    tag = _TAG.search(words)
    return (tag.group(0) if tag else words).strip()[:80]


def _refuse_other_title(part: str, system: str) -> None:
    words = re.sub(r"<[^>]+>", "", part).upper()
    for layout in layouts():
        for said in (layout.vi, layout.en):
            if layout.system != system and said.title[0] in words:
                raise TemplateFaulty(TemplateFlaw.OTHER_SYSTEM, said.title[0])
