"""The addresses of reports of figures: their grid, their steps, their files and their story."""

from tests.web.matrix.entries import Entries

OF_REPORTS = ("report-step", "report-files", "report-evidence", "report-book", "report-book-file")
"""Who takes which step, and who hands in files, is told in the tests of rights of reports."""

REPORTS = Entries(
    shown={"report": "report", "report-history": "report"},
    told_apart=frozenset(OF_REPORTS),
    kinds=dict.fromkeys(OF_REPORTS, "report"),
)
