"""A kept text as reading takes it: with the tables that stand in it."""

from lotrinh.apps.documents.models import Rendition
from lotrinh.reading import Paper, Table


def paper_of(rendition: Rendition) -> Paper:
    """Return the text with its tables, ready to be read."""
    return Paper(rendition.text, tuple(Table.from_record(record) for record in rendition.tables))
