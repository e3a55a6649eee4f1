"""What is published as open data: one table of all promises, and what describes it.

The table is CSV (RFC 4180, UTF-8 with its mark, so that office programs know the letters). It is
described twice: as a Frictionless data package and as a dataset of DCAT 3 in JSON-LD. A cell that a
program would take for a formula begins with an apostrophe, numbers stay numbers: missing is an
empty cell, never nought, and what is held back says so in a column of its own.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from lotrinh.rules.publication.content import Paper, Promise, Publication
from lotrinh.rules.publication.publication_words import BASES, VERDICTS, in_language
from lotrinh.rules.target_terms import Comparator

CSV_NAME: Final = "promises.csv"
_FORMULA = re.compile(r"[=+\-@\t\r\n]")

COLUMNS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("promise_id", "string", "mã số của chỉ tiêu", "lasting identifier of the promise"),
    ("document_number", "string", "số, ký hiệu văn bản", "number of the document"),
    ("document_title", "string", "trích yếu văn bản", "title of the document"),
    ("promise", "string", "chỉ tiêu", "what is promised"),
    ("unit_responsible", "string", "cơ quan chịu trách nhiệm", "agency that answers for it"),
    ("comparator", "string", "dấu so sánh với kế hoạch", "how result and plan are compared"),
    ("planned", "number", "kế hoạch", "planned value"),
    ("planned_high", "number", "kế hoạch, mức trên", "upper end of a planned range"),
    ("unit_of_measure", "string", "đơn vị tính", "unit of measure"),
    ("due", "date", "thời hạn", "day by which it is promised"),
    ("actual", "number", "kết quả", "newest approved figure"),
    ("numerator", "number", "tử số", "numerator of a share"),
    ("denominator", "number", "mẫu số", "denominator of a share"),
    ("period_end", "date", "kết quả đến ngày", "last day that the figure speaks of"),
    ("period", "string", "kỳ của kết quả", "period that the figure is of"),
    ("added_up", "boolean", "lũy kế từ đầu năm", "added up from 1 January"),
    ("data_state", "string", "nguồn của số liệu", "whose word the figure is"),
    ("held_back", "boolean", "không công bố vì số nhỏ", "held back: too few persons"),
    ("verdict", "string", "đánh giá", "what became of the promise"),
)
"""Name, type of the table schema, and what it is in Vietnamese and English, of each column."""


def csv_of(publication: Publication, *, language: str) -> str:
    """Return the table of all promises, one a row, the first row naming the columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([name for name, *_ in COLUMNS])
    writer.writerows(_rows(publication, language))
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def _rows(publication: Publication, language: str) -> Iterator[list[str]]:
    for paper, promise in publication.promises:
        yield [_cell(one) for one in _row(paper, promise, language)]


def _row(paper: Paper, promise: Promise, language: str) -> tuple[object, ...]:
    agency = promise.agency_en if language == "en" else promise.agency_vi
    return (
        promise.uid,
        paper.number,
        paper.title,
        promise.title,
        agency,
        Comparator(promise.comparator).name.lower(),
        promise.planned,
        promise.high,
        promise.unit_of_measure,
        promise.due,
        promise.actual,
        promise.numerator,
        promise.denominator,
        promise.period_last,
        promise.period_en if language == "en" else promise.period_vi,
        "true" if promise.is_added_up else "false",
        in_language(BASES[promise.basis], language),
        "true" if promise.is_held_back else "false",
        in_language(VERDICTS[promise.verdict], language),
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def data_package(publication: Publication, *, language: str, title: str, address: str) -> str:
    """Return the Frictionless description; ``address`` is where the files lie."""
    heading, place = publication.heading, 3 if language == "en" else 2
    fields = [
        {"name": column[0], "type": column[1], "description": column[place]} for column in COLUMNS
    ]
    return _json(
        {
            "profile": "tabular-data-package",
            "name": f"promises-{language}",
            "title": title,
            "version": str(heading.number),
            "created": heading.published_at.isoformat(),
            "homepage": address,
            "resources": [
                {
                    "profile": "tabular-data-resource",
                    "name": "promises",
                    "path": CSV_NAME,
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "schema": {
                        "fields": fields,
                        "primaryKey": "promise_id",
                        "missingValues": [""],
                    },
                }
            ],
        }
    )


def dcat_of(publication: Publication, *, language: str, title: str, address: str) -> str:
    """Return the dataset as DCAT 3 describes one, in JSON-LD."""
    heading = publication.heading
    office = heading.office_en if language == "en" else heading.office_vi
    as_day = {"@type": "xsd:date", "@value": heading.as_of.isoformat()}
    return _json(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
            },
            "@id": address,
            "@type": "dcat:Dataset",
            "dct:title": {"@language": language, "@value": title},
            "dct:publisher": {"@type": "foaf:Agent", "foaf:name": office},
            "dct:language": language,
            "dct:modified": as_day,
            "dcat:version": str(heading.number),
            "dcat:landingPage": {"@id": address},
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dcat:downloadURL": {"@id": f"{address}{name}"},
                    "dcat:mediaType": kind,
                }
                for name, kind in ((CSV_NAME, "text/csv"), ("publication.json", "application/json"))
            ],
        }
    )


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
