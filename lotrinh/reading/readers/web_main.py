"""Which part of a web page is the document, and which is the site around it.

A page with few links is a document saved as HTML: all of it counts. Of a page of a news site
trafilatura says which words are the article; the smallest element that holds nearly all of them
is read as it stands, so that labels of lists, tables and their merged cells stay whole. Where
trafilatura finds too little, or loses a table, the whole page is read.
"""

import re
from collections.abc import Iterable, Sequence

import trafilatura
from lxml import html

from lotrinh.reading.readers.web_blocks import Block, blocks

_FEW_LINKS = 0.12  # of the letters of the page
_LEAST = 200  # letters of an article
_NEARLY_ALL = 0.9
_COMPARED = 40  # letters by which a line is found again in the article
_TABLE_CELLS = 6  # with words; smaller tables may be layout
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:related|relate|comments?|share|social|tags?|sidebar|breadcrumbs?|advert\w*|ads?"
    r"|banner|menu|nav\w*|tin-?lien-?quan|binh-?luan|newsletter|subscribe|popup|cookie\w*)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_FORM = re.compile(r"<(/?)form(?![\w-])", re.IGNORECASE)


def main_blocks(tree: html.HtmlElement) -> list[Block]:
    """Return the blocks of the document in a page, in order."""
    body = tree.find("body")
    body = tree if body is None else body
    found = list(blocks(body))
    if _link_share(body, found) < _FEW_LINKS:
        return found
    article = _key(_article(tree))
    kept = {place for place, block in enumerate(found) if _is_in(block, article)}
    if len(article) < _LEAST or _loses_table(found, article):
        kept = set()
    inside = _container(body, [found[place].element for place in sorted(kept)], found, kept)
    return [
        block
        for place, block in enumerate(found)
        if place in kept or _is_title(block) or (_is_below(block, inside) and not _is_around(block))
    ]


def _article(tree: html.HtmlElement) -> str:
    # trafilatura passes over forms, but pages of some servers stand in one as a whole.
    source = _FORM.sub(r"<\1div", html.tostring(tree, encoding="unicode"))
    return trafilatura.extract(source, include_comments=False, include_tables=True) or ""


def _link_share(body: html.HtmlElement, found: Sequence[Block]) -> float:
    linked = sum(len(_key(link.text_content())) for link in body.iter("a"))
    return linked / max(sum(len(_key(_words(block))) for block in found), 1)


def _words(block: Block) -> str:
    return block.text or " ".join(box.text for box in block.boxes)


def _key(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


def _is_in(block: Block, article: str) -> bool:
    key = _key(_words(block))
    return bool(key) and key[:_COMPARED] in article


def _loses_table(found: Iterable[Block], article: str) -> bool:
    for block in found:
        said = [_key(box.text) for box in block.boxes if box.text.strip()]
        if len(said) >= _TABLE_CELLS:
            lost = sum(1 for key in said if key not in article)
            if lost > len(said) // 2:
                return True
    return False


def _container(
    body: html.HtmlElement,
    elements: Sequence[html.HtmlElement],
    found: Sequence[Block],
    kept: set[int],
) -> html.HtmlElement:
    """Return the smallest element that holds nearly all of the article."""
    weights: dict[html.HtmlElement, int] = {}
    total = 0
    for element, place in zip(elements, sorted(kept), strict=True):
        weight = len(_words(found[place]))
        total += weight
        for holder in (element, *element.iterancestors()):
            weights[holder] = weights.get(holder, 0) + weight
    inside = body
    while total:
        smaller = [child for child in inside if weights.get(child, 0) >= _NEARLY_ALL * total]
        if not smaller:
            break
        inside = smaller[0]
    return inside


def _is_title(block: Block) -> bool:
    return bool(block.element.tag == "h1")


def _is_below(block: Block, inside: html.HtmlElement) -> bool:
    return block.element is inside or inside in block.element.iterancestors()


def _is_around(block: Block) -> bool:
    """Tell whether the block stands in a box whose name says that it is not the article."""
    return any(
        _AROUND.search(f"{holder.get('class', '')} {holder.get('id', '')}")
        for holder in (block.element, *block.element.iterancestors())
        if holder.tag not in {"body", "html"}
    )
