"""The record of a conference and the notice of its conclusions as official texts.

Both are made of plain data: the record of the JSON that was frozen, so that it reads alike for
good; the notice of the lines that were kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lotrinh.rules.conferences.attendance import Counting, Present
from lotrinh.rules.conferences.records import WHOLE, Content
from lotrinh.rules.conferences.words import attended_words, counted_words
from lotrinh.rules.formats import number
from lotrinh.rules.official.form import form_of
from lotrinh.rules.official.text import (
    Block,
    Heading,
    OfficialText,
    Paragraph,
    Run,
    Seal,
    Signature,
    Table,
)

_WORDS = {
    "record": ("BIÊN BẢN", "RECORD"),
    "notice": ("THÔNG BÁO", "NOTICE"),
    "of": ("Hội nghị: {title}", "Conference: {title}"),
    "concluded": ("Kết luận tại hội nghị: {title}", "Conclusions of the conference: {title}"),
    "attendance": ("Thành phần dự hội nghị", "Attendance"),
    "counted": ("Số người dự {how}.", "People were {how}."),
    "place": ("Điểm cầu chính: {place}.", "Main site: {place}."),
    "silent": ("Điểm cầu chưa báo số người dự: {names}.", "Sites that told nobody: {names}."),
    "documents": ("Văn bản được quán triệt", "Documents presented"),
    "sheet": ("Chương trình hội nghị", "Run sheet"),
    "questions": ("Hỏi đáp", "Questions and answers"),
    "asked": ("{unit} hỏi: {text}", "{unit} asked: {text}"),
    "answered": ("Trả lời: {text}", "Answer: {text}"),
    "unanswered": ("Chưa trả lời.", "Not answered yet."),
    "conclusions": ("Kết luận", "Conclusions"),
    "class": ("Thành phần", "Class"),
    "unit": ("Đơn vị", "Unit"),
    "sites": ("Điểm cầu kết nối", "Sites connected"),
    "present": ("Có mặt", "Present"),
    "called": ("Triệu tập", "Called"),
    "by_class": ("Số người dự theo thành phần", "Attendance by class"),
    "by_unit": ("Số người dự theo đơn vị", "Attendance by unit"),
    "from": ("lúc {at}", "at {at}"),
    "minutes": ("{n} phút", "{n} minutes"),
    "lead": ("{unit} chủ trì", "lead: {unit}"),
    "due": ("hạn {day}", "due {day}"),
    "deliverable": ("sản phẩm: {what}", "deliverable: {what}"),
    "held": (
        "Ngày {day}/{month}/{year}, {organiser} tổ chức hội nghị “{title}”. Sau khi nghe báo cáo "
        "và thảo luận, hội nghị kết luận như sau:",
        "On {day}/{month}/{year}, {organiser} held the conference “{title}”. After the reports and "
        "the discussion the conference concluded as follows:",
    ),
}


def said(what: str, *, language: str) -> str:
    """Return the words for one thing of a record.

    >>> said("conclusions", language="vi")
    'Kết luận'
    """
    return _WORDS[what][language == "en"]


@dataclass(frozen=True, slots=True)
class NoticeFrame:
    """What stands around the text of a notice, as the office has said it."""

    system: str
    superior: str
    issuer: str
    symbol: str
    number: str
    place: str
    day: date | None
    layout_day: date
    capacity: tuple[str, ...]
    post: str
    signer: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A conclusion as a notice announces it; empty and None are left out."""

    text: str
    unit: str = ""
    due: date | None = None
    deliverable: str = ""


def notice_text(
    frame: NoticeFrame,
    lines: Iterable[NoticeLine],
    *,
    title: str,
    organiser: str,
    day: date,
    language: str,
) -> OfficialText:
    """Return the notice of what a conference concluded, a numbered paragraph for each line."""
    opening = said("held", language=language).format(
        day=day.day, month=day.month, year=day.year, organiser=organiser, title=title
    )
    points = (
        _plain(f"{place}. {line_words(one, language=language)}")
        for place, one in enumerate(lines, start=1)
    )
    return OfficialText(
        system=frame.system,
        language=language,
        superior=frame.superior,
        issuer=frame.issuer,
        symbol=frame.symbol,
        number=frame.number,
        place=frame.place,
        day=frame.day,
        layout_day=frame.layout_day,
        kind=said("notice", language=language),
        about=said("concluded", language=language).format(title=title),
        addressed_to=(),
        body=(_plain(opening), *points),
        appendix=(),
        signature=Signature(frame.capacity, frame.post, frame.signer),
        recipients=frame.recipients,
        seal=None,
    )


def written(text: OfficialText) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a notice as plain text, and where in it each of its lines stands, the end exclusive.

    The paragraph that opens it is no line.
    """
    form = form_of(text)
    head = (form.superior, form.issuer, form.number, form.place, form.kind, form.about)
    words = "\n".join(part for part in head if part)
    spans: list[tuple[int, int]] = []
    for block in form.body:
        line = "".join(run.text for run in block.runs) if isinstance(block, Paragraph) else ""
        spans.append((len(words) + 1, len(words) + 1 + len(line)))
        words += f"\n{line}"
    foot = (*text.signature.capacity, text.signature.post, text.signature.name, *form.recipients)
    return "\n".join([words, *(one for one in foot if one)]), tuple(spans[1:])


def line_words(line: NoticeLine, *, language: str) -> str:
    """Return a conclusion with who leads, by when, and what is handed over.

    >>> line_words(NoticeLine("Ban hành kế hoạch.", "Quận Hồ Sen", date(2024, 9, 30)),
    ...     language="vi")
    'Ban hành kế hoạch (Quận Hồ Sen chủ trì; hạn 30/9/2024).'
    """
    due = f"{line.due.day}/{line.due.month}/{line.due.year}" if line.due else ""
    more = [
        said(name, language=language).format(**{slot: value})
        for name, slot, value in (
            ("lead", "unit", line.unit),
            ("due", "day", due),
            ("deliverable", "what", line.deliverable),
        )
        if value
    ]
    bare = line.text.strip().rstrip(".;")
    return f"{bare} ({'; '.join(more)})." if more else f"{bare}."


def record_text(content: Content, *, seal: Seal | None) -> OfficialText:
    """Return the record as it is printed, in the language of its conference."""
    language = content["language"]
    day = date.fromisoformat(content["day"])
    return OfficialText(
        system=content["system"],
        language=language,
        superior="",
        issuer=content["organiser"][f"name_{language}"].upper(),
        symbol="",
        number="",
        place="",
        day=day,
        layout_day=day,
        kind=said("record", language=language),
        about=said("of", language=language).format(title=content["title"]),
        addressed_to=(),
        body=tuple(record_blocks(content)),
        appendix=(),
        signature=Signature((), "", ""),
        recipients=(),
        seal=seal,
    )


def record_blocks(content: Content) -> Iterator[Block]:
    """Yield what a record says: who was there, what was carried, asked and concluded."""
    language = content["language"]
    parts: Sequence[tuple[str, Iterable[Block]]] = (
        ("attendance", _attendance(content, language)),
        ("documents", _documents(content)),
        ("sheet", _sheet(content, language)),
        ("questions", _questions(content, language)),
        ("conclusions", _conclusions(content, language)),
    )
    held = [(name, found) for name, blocks in parts if (found := tuple(blocks))]
    for place, (name, found) in enumerate(held, start=1):
        yield Heading(1, f"{place}.", said(name, language=language))
        yield from found


def _attendance(content: Content, language: str) -> Iterator[Block]:
    whole = Present(**{name: content["whole"][name] for name in WHOLE})
    how = counted_words(Counting(content["counting"]), language=language)
    words = attended_words(whole, day=date.fromisoformat(content["day"]), language=language)
    yield _plain(f"{words} {said('counted', language=language).format(how=how)}")
    if content["place"]:
        yield _plain(said("place", language=language).format(place=content["place"]))
    if content["classes"]:
        yield _table(
            "by_class",
            ("class", "present", "called"),
            (
                (one[f"name_{language}"], one["present"], one["called"])
                for one in content["classes"]
            ),
            language,
        )
    if content["branches"]:
        yield _table(
            "by_unit",
            ("unit", "sites", "present"),
            (_branch(one, language) for one in content["branches"]),
            language,
        )
    silent = [_site_name(one, language) for one in content["sites"] if not one["present"]]
    if silent:
        yield _plain(said("silent", language=language).format(names="; ".join(silent)))


def _branch(one: Content, language: str) -> tuple[str, str, str]:
    present = number(one["present"], language=language)
    if one["summoned"] is not None:
        present = f"{present}/{number(one['summoned'], language=language)}"
    return one[f"name_{language}"], f"{one['joined']}/{one['sites']}", present


def _site_name(one: Content, language: str) -> str:
    name = str(one[f"name_{language}"])
    return f"{name}, {one['room']}" if one["room"] else name


def _documents(content: Content) -> Iterator[Block]:
    for one in content["documents"]:
        yield _plain("- " + ": ".join(part for part in (one["number"], one["title"]) if part))


def _sheet(content: Content, language: str) -> Iterator[Block]:
    for place, one in enumerate(content["agenda"], start=1):
        at, lasts = one["begins"], one["minutes"]
        more = (
            said("from", language=language).format(at=at) if at else "",
            said("minutes", language=language).format(n=lasts) if lasts else "",
            one["presenter"],
            one["post"][language],
        )
        told = ", ".join(part for part in more if part)
        yield _plain(f"{place}. {one['title']}" + (f" ({told})" if told else ""))


def _questions(content: Content, language: str) -> Iterator[Block]:
    for place, one in enumerate(content["questions"], start=1):
        asked = said("asked", language=language)
        words = asked.format(unit=one[f"name_{language}"], text=one["text"])
        yield _plain(f"{place}. {words}")
        answer = said("answered", language=language).format(text=one["answer"])
        yield _plain(answer if one["answer"] else said("unanswered", language=language))


def _conclusions(content: Content, language: str) -> Iterator[Block]:
    for place, one in enumerate(content["conclusions"], start=1):
        due = date.fromisoformat(one["due"]) if one["due"] else None
        line = NoticeLine(one["text"], one[f"unit_{language}"] or "", due)
        yield _plain(f"{place}. {line_words(line, language=language)}")


def _table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str | int]], language: str
) -> Table:
    return Table(
        said(caption, language=language),
        tuple(said(one, language=language) for one in heads),
        tuple(tuple(_cell(one, language) for one in row) for row in rows),
        (False, *(True for _ in heads[1:])),
    )


def _cell(value: str | int, language: str) -> Paragraph:
    return _plain(value if isinstance(value, str) else number(value, language=language))


def _plain(text: str) -> Paragraph:
    return Paragraph((Run(text),))
