"""Forms of figures as workbooks: written for a unit, and read when they come back.

A workbook comes from hands and programs that are not ours: it is opened in the limited child
process, and `rules.books` says what its rows mean.
"""

from lotrinh.apps.reporting.books.keys import key_of, signed
from lotrinh.apps.reporting.books.reading import read_book, read_books
from lotrinh.apps.reporting.books.writing import write_book

__all__ = ["key_of", "read_book", "read_books", "signed", "write_book"]
