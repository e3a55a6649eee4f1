"""A kept text as reading takes it, and read by the words of today."""

from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.intake.selectors import lexicon_lines
from lotrinh.reading import Paper, Reading, Table, read_paper
from lotrinh.reading.elsewhere import read_elsewhere


def paper_of(rendition: Rendition) -> Paper:
    """Return the text with its tables, ready to be read."""
    return Paper(rendition.text, tuple(Table.from_record(record) for record in rendition.tables))


def read_today(rendition: Rendition) -> Reading:
    """Return the reading by the lexicon with the lines that are applied here."""
    paper, lines = paper_of(rendition), lexicon_lines()
    return read_elsewhere([paper], lines)[0] if lines else read_paper(paper)
