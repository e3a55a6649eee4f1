"""Reading a text, from end to end.

Families of facts are read in the order in which they can mislead each other: numbers of
documents first, then dates, then quantities (each claims its digits), then people, then the
units that people's names would swallow; sentences and clauses carry what binds them together.
The result depends on the text alone.
"""

import re

from lotrinh.reading.citations import find_citations
from lotrinh.reading.dates import find_dates
from lotrinh.reading.layout.clauses import find_clauses, find_sentences, join_broken_lines
from lotrinh.reading.numbers import decimal_sign, is_vietnamese
from lotrinh.reading.quantities import find_quantities
from lotrinh.reading.text import read_source

ENGINE_VERSION = "1"
_DIGITS = re.compile(r"\d+")

def dev(text):
    source = join_broken_lines(read_source(text))
    clauses = find_clauses(source)
    sentences = find_sentences(source, clauses)
    numerals = [m.span() for m in _DIGITS.finditer(source.folded)]
    refs = find_citations(source, numerals)
    claimed = bytearray(len(source.folded) + 1)
    for r in refs:
        claimed[r.start:r.end] = b"\1" * (r.end - r.start)
    dates = find_dates(source, numerals, claimed)
    for r in dates:
        claimed[r.start:r.end] = b"\1" * (r.end - r.start)
    sign = decimal_sign(source.folded, is_vietnamese(source))
    q = find_quantities(source, numerals, claimed, sign)
    return source, clauses, sentences, refs, dates, q
