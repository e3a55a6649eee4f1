"""The process in which documents are read by the lexicon with further lines.

It takes a list of documents, each its text and its tables, and answers with the list of what was
found in them. It has no database and is told of no secret.
"""

import json
import sys

from lotrinh.reading.elsewhere import record_of
from lotrinh.reading.paper import Paper, Table
from lotrinh.reading.reader import read_paper


def main() -> None:
    """Read what comes in, and print what was found."""
    papers = [
        Paper(text, tuple(Table.from_record(table) for table in tables))
        for text, tables in json.load(sys.stdin)
    ]
    json.dump([record_of(read_paper(paper)) for paper in papers], sys.stdout)


if __name__ == "__main__":
    main()
