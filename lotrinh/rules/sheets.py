"""What sheets of units and people mean by their words: verdicts, and what is wrong.

A sheet is a grid of texts. What cannot be taken over is told by column and reason, so that the
other rows need not wait.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from unicodedata import normalize

from lotrinh.rules.names import search_key

Words = Mapping[str, Sequence[str]]
_UNSEEN = re.compile("[\x00-\x1f\x7f\u0085\u200b\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Flaw(StrEnum):
    """Why a row is refused."""

    MISSING = "missing"  # a cell that has to be filled in is empty
    FAILED_FORMULA = "failed_formula"
    LOST_LETTERS = "lost_letters"  # "Ph??ng": saved in an encoding without Vietnamese letters
    LOST_ZEROS = "lost_zeros"  # "7" where a unit bears the code "007"
    NO_DAY = "no_day"
    NO_NUMBER = "no_number"
    NO_LIST = "no_list"  # names with days that are not written as such
    NO_CODE = "no_code"  # a code has letters a to z, digits, - and _
    TOO_LONG = "too_long"
    ENDS_FIRST = "ends_first"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_KIND = "unknown_kind"  # of unit; a new one has to be meant
    UNKNOWN_TREE = "unknown_tree"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_ROLE = "unknown_role"
    PARENT_ABSENT = "parent_absent"  # it does not stand on all of these days
    PARENT_MOVES = "parent_moves"  # in the midst of these days
    PARENT_REFUSED = "parent_refused"
    BELOW_ITSELF = "below_itself"
    SECOND_ROOT = "second_root"
    OVERLAPS = "overlaps"  # two rows for the same days
    CONTRADICTS = "contradicts"  # another row of the same unit
    HELD_BACK = "held_back"  # because another row of the same unit is refused
    WRONG_CODE = "wrong_code"  # of a public numbering
    CODE_TAKEN = "code_taken"
    DIFFERS = "differs"  # from what is there
    NOBODY_LENDS = "nobody_lends"
    NEEDS_END = "needs_end"
    NO_UNIT_CALLED = "no_unit_called"
    NEAR_UNIT = "near_unit"  # nobody is called so, but some are nearly
    NO_HELPER_CALLED = "no_helper_called"
    A_GROUP = "a_group"  # a group leads: its units are told when the draft is carried down
    SEVERAL_LEADS = "several_leads"
    INHERITED = "inherited"  # from the row of which this one is a part
    NOT_YOURS = "not_yours"  # the reader may not assign to that unit
    NO_PERSON_CALLED = "no_person_called"
    TIME_UNREAD = "time_unread"
    NO_SOURCE = "no_source"
    NOT_IN_TEXT = "not_in_text"
    UNKNOWN_KEY = "unknown_key"
    IS_ISSUED = "is_issued"
    CHANGED_MEANWHILE = "changed_meanwhile"
    KEY_TWICE = "key_twice"  # another row bears the key of this one


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a row, in the column ``column``; ``data`` fills its sentence."""

    flaw: Flaw
    column: str
    data: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of the row ``line`` of a sheet, counted from 1, about ``key``."""

    line: int
    key: str
    verdict: Verdict
    faults: tuple[Fault, ...] = ()


def counted(verdicts: Iterable[Judged]) -> dict[str, int]:
    """Return how many rows have which verdict; a verdict without rows has 0.

    >>> counted([Judged(2, "a", Verdict.NEW)])
    {'new': 1, 'unchanged': 0, 'refused': 0}
    """
    held = [row.verdict for row in verdicts]
    return {verdict.value: held.count(verdict) for verdict in Verdict}


@cache
def words() -> Mapping[str, Words]:
    """Return the words of sheets, by what they are for."""
    text = resources.files(__package__).joinpath("sheet_words.toml").read_text("utf-8")
    return tomllib.loads(text)


def head_word(shape: str, column: str, language: str) -> str:
    """Return how an export heads a column; a numbering is headed by its own name.

    >>> head_word("units", "parent", "vi"), head_word("units", "codes:gso", "en")
    ('Mã cấp trên', 'Code in: gso')
    """
    place = 1 if language.startswith("en") else 0
    if column.startswith("codes:"):
        return f"{words()['prefix']['codes'][place]} {column.removeprefix('codes:')}"
    return words()[shape][column][place]


def sentence(fault: Fault, shape: str, language: str) -> str:
    """Return what is wrong in which column, and the cure.

    >>> sentence(Fault(Flaw.MISSING, "code"), "units", "en")
    'Unit code: this cell is empty; fill it in'
    """
    place = 1 if language.startswith("en") else 0
    told = words()["flaws"][fault.flaw][place].format_map(dict(fault.data))
    return f"{head_word(shape, fault.column, language)}: {told}"


def verdict_word(verdict: Verdict, language: str) -> str:
    """Return the word for what becomes of a row."""
    return words()["verdicts"][verdict][1 if language.startswith("en") else 0]


def tidy(text: str) -> str:
    """Return a text in composed letters, with single spaces and no signs that nobody sees.

    >>> tidy("  Phường\\n Sen ")
    'Phường Sen'
    """
    return " ".join(_UNSEEN.sub(" ", normalize("NFC", text)).split())


@cache
def by_word(list_name: str) -> Mapping[str, str]:
    """Return what is meant by the search key of every word of a list."""
    return {search_key(word): name for name, said in words()[list_name].items() for word in said}


def code_of(list_name: str, typed: str) -> str | None:
    """Return the code that a typed word means in one of the lists of words, or None.

    >>> code_of("held_as", "Ủy quyền"), code_of("kinds", "Phường"), code_of("held_as", "x")
    ('delegated', 'commune', None)
    """
    meant = by_word(list_name)
    return typed if typed in words()[list_name] else meant.get(search_key(typed))
