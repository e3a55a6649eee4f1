"""The sentences about the programmes of many units, and what a duty to make one says."""

from lotrinh.rules.formats import number
from lotrinh.rules.programmes.states import Counted


def counted_words(found: Counted, *, language: str) -> str:
    """Return how many units are how far; what nobody did is not said.

    >>> counted_words(Counted(none=191, draft=15, issued=400, reviewed=12, issued_late=23),
    ...               language="en")
    '412/618 units have issued theirs, 23 of them after the day; 15 drafts; 191 have nothing yet.'
    >>> counted_words(Counted(none=2, issued=1), language="vi")
    '1/3 đơn vị đã ban hành; 2 đơn vị chưa có gì.'
    """

    def n(value: int) -> str:
        return number(value, language=language)

    english = language == "en"
    said = f"{n(found.out)}/{n(found.owed)} "
    said += "units have issued theirs" if english else "đơn vị đã ban hành"
    if found.issued_late:
        late = n(found.issued_late)
        said += f", {late} of them after the day" if english else f", {late} sau thời hạn"
    if found.draft:
        drafts = "draft" if found.draft == 1 else "drafts"
        said += f"; {n(found.draft)} {drafts}" if english else f"; {n(found.draft)} dự thảo"
    if found.none:
        verb = "has" if found.none == 1 else "have"
        said += f"; {n(found.none)} {verb} nothing yet" if english else ""
        said += "" if english else f"; {n(found.none)} đơn vị chưa có gì"
    if found.overdue:
        late = n(found.overdue)
        said += f"; of {late} the day has passed" if english else f"; {late} đã quá hạn"
    return f"{said}."


def owed_words(number: str, title: str, *, language: str) -> dict[str, str]:
    """Return the words of the duty to make a programme that carries out a document.

    >>> owed_words("97-CTr/TU", "Chương trình", language="en")["title"]
    'Issue the own programme that carries out 97-CTr/TU'
    """
    name = number or title
    if language == "en":
        return {
            "title": f"Issue the own programme that carries out {name}",
            "responsibility": "The head of the unit issues it and answers for it",
            "deliverable": "Own programme with number and day of issue",
        }
    return {
        "title": f"Ban hành chương trình, kế hoạch của đơn vị thực hiện {name}",
        "responsibility": "Người đứng đầu đơn vị ký ban hành và chịu trách nhiệm",
        "deliverable": "Chương trình, kế hoạch có số, ngày ban hành",
    }
