"""What a number tells: a result, a share or a growth of another one, or nothing that counts.

Sizes, costs, bases of comparison and places where something happened are no results, whatever
sign stands before them; an amount, its share of the plan and its growth are one.
"""

import re
from collections.abc import Sequence

from lotrinh.reading.deeds import NO_MEASURE, PLACE_UNITS, acted_on, follows, told_of
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.joining import belongs
from lotrinh.reading.quantities import UNIT_CODES, Quantity
from lotrinh.reading.signs import SCALAR_UNITS, Sign
from lotrinh.reading.text import Source

_COUNTED_LEAST = 10  # a number of things without a known unit tells a result only from here on
_WORK = frozenset({"task", "target", "document"})
_EVENT_UNITS = frozenset({"site", "person"})
_GUARDS = lexicon("guards")["commitments"]
_ATTENDING = re.compile(r"\s" + any_of(_GUARDS["attending"]))
_ATTENDING_UNITS = frozenset({"person", "visit", "unit", "site"})
_LASTING = frozenset({"day", "hour"})
_DURATION = re.compile(  # "thời gian lưu trú bình quân đạt 1,4 ngày"
    r"(?:luu tru|thoi gian) (?:\w+ ){0,3}(?:binh quan|trung binh)[^,;.\d]{0,40}$"
    r"|average (?:\w+ ){0,2}(?:time|stay|length)[^,;.]{0,60}$"
)
_SPEED = re.compile(r"\s?/\s?(?:h|gio)(?!\w)")
_CLASS = re.compile(r"(?<!\w)(?:các|những|nhóm|those|all) [^,;.:]{3,60}$", re.IGNORECASE)
_NAMES = re.compile(r"\s[A-ZĐÂÊÔĂƠƯ]")
_ABSTRACT = re.compile("|".join(_GUARDS["abstract_toned"]))
_BOUNDS = frozenset({"<", ">", "<=", ">="})
_COURTESY = re.compile(any_of(_GUARDS["courtesy"]) + r"\s*$")
_COMPARED = re.compile(any_of(_GUARDS["base_before"]) + r"\s*$")
_OTHERS = re.compile(any_of(_GUARDS["others_before"]) + r"\s*\(?$")
_SIZE = re.compile(
    any_of(_GUARDS["size_before"]) + r"[\s:]*(?:la |khoang |hon |tren |of |about )*$"
)
_LENGTHS = frozenset({"km", "m", "m2", "hectare"})
_WORKED = re.compile(r"\s(?!còn lại)(?:\w+\s){0,3}?" + any_of(_GUARDS["worked_toned"]))
_ATTAINED = re.compile(r"\s(?:\w+\s){0,6}?" + any_of(_GUARDS["attained_toned"]))
_FINISHED = re.compile(
    r"(?:hoan thanh|dat|vuot|fulfilled|achieved|completed|met|exceeded)\s(?:toan bo |ca |all )?$"
)
_FROM = re.compile(any_of(_GUARDS["moved"]) + r"\s(?:muc )?$")
_TO = re.compile(
    r"(?:[^,;.]|[.,](?=\d)){0,25}?\s(?:to|len|xuong|xuong con|con|den)\s(?:[a-z]+\s){0,2}?\d"
)
_MONEY = frozenset({"VND", "USD", "EUR"})
_BUDGET = re.compile(any_of(_GUARDS["budget_before"]) + r"[\s:]*(?:[a-z]+\s){0,2}$")
_DEALT = re.compile(any_of(_GUARDS["dealt"]) + r"\s(?:\w+\s){0,2}$")
_FEW = 6  # 1/2, 2/3, 3/5 are shares
_MOVED = re.compile(
    any_of(_GUARDS["moved"]) + r"(?:[^,;.]|[.,](?=\d)){1,40}?(?:xuong con|xuong|len|con|to)\s*$"
)
_LIVING = frozenset({"person", "household", "hectare"})
_REACHED = re.compile(r"(?<!\w)(?:dat|chiem|con)\s*$")
_AMONG_ALL = re.compile(r"(?:^|[\s,;:.])(?:trong(?: tong)?(?: so)?|of(?: the)?)\s*$")
_PLACE = re.compile(r"(?<!\w)(?:tai|o|across|in|at|from)(?: the| cac)?\s*$")
_OWNER = 120  # characters before a number in which its owner and the time stand
_HAS = re.compile(r"\b(?:has|have)\s(?:a total of\s)?$")
_SO_FAR = re.compile(r"\b(?:now|so far|to date|currently|as of|by the end)\b")
_MERGED = re.compile(r"(?<!\w)(?:sap nhap|nhap|merging|all|between)\s(?:tu\s)?$")
_OR_MORE = re.compile(r"\s(?:tro len|tro xuong|or (?:more|higher|above|less|fewer|lower))$")
_SHARED_BEHIND = re.compile(r"\s\(\d[\d.,]*\s?(?:%|percent)")
_NAMES_SHARE = re.compile(  # "phụ nữ được tầm soát ít nhất 4 bệnh đạt 50%"
    r"[^,;.:]{0,70}\sdat\s(?:[a-z]+\s){0,3}\d[\d.,]*\s?%"
)
_CLIMBS = re.compile(rf"(?<!\w){any_of(lexicon('guards')['ranks']['climbs'])}\s$")
_TEAM = re.compile(r"(?<!\w)(?:(?<!bao )gom|comprising|consisting of|composed of|made up of)\s*$")
_MANY_GIFTS = 20
_AMONG = re.compile(r"(?<!\w)(?:among|top|trong so)(?: the)?\s*$")


def told(source: Source, group: Sequence[Quantity], place: int, topic: str | None) -> bool:
    """Tell a number that is said to be reached, or whose growth or share of a plan follows."""
    quantity = group[place]
    if place + 1 < len(group) and belongs(source, [quantity], group[place + 1]):
        return True
    if place and _MOVED.search(source.folded, max(0, quantity.start - 70), quantity.start):
        return True
    if quantity.elliptic and topic in {None, "report"}:
        return True
    counted = quantity.form == "amount" and quantity.unit not in SCALAR_UNITS
    if counted and quantity.unit in _WORK and follows(_WORKED, source, quantity):
        return True
    people = quantity.form == "amount" and quantity.unit in _LIVING
    if (counted or people) and quantity.unit and follows(_ATTAINED, source, quantity):
        return topic in {None, "report"}
    if topic is not None or quantity.form != "amount":
        return False
    low = max(0, quantity.start - 8)
    if quantity.unit == "%" and source.folded.endswith("la ", low, quantity.start):
        return True
    return _REACHED.search(source.folded, low, quantity.start) is not None


def is_target(source: Source, quantity: Quantity) -> bool:
    """Tell whether a number that is aimed at can be a target: no cost, no time of day."""
    if quantity.unit == "rank":
        return quantity.comparator == "<=" or _climbs(source, quantity)
    if quantity.unit in NO_MEASURE or _is_cost(source, quantity):
        return False
    if quantity.form in {"ratio", "multiple"}:
        return True
    if quantity.unit not in SCALAR_UNITS and _NAMES_SHARE.match(source.folded, quantity.end):
        return False
    return quantity.unit not in _WORK or quantity.comparator != "="


def _climbs(source: Source, quantity: Quantity) -> bool:
    """Tell "tăng ít nhất 3 bậc" from a place that somebody holds."""
    low = max(0, quantity.digits - 30)
    return _CLIMBS.search(source.folded, low, quantity.digits) is not None


def is_result(source: Source, quantity: Quantity, sign: Sign | None, gathering: bool) -> bool:
    """Tell whether a number under a sign is a result; ``gathering``: people counted attended."""
    if sign == "aim" or is_compared(source, quantity) or _is_class(source, quantity):
        return False
    if quantity.form != "amount":
        return sign != "will" and not _is_fraction(quantity)
    lasting = quantity.unit in _LASTING and _DURATION.search(
        source.folded, max(0, quantity.start - 80), quantity.start
    )
    if sign in {None, "aim", "will"} or (quantity.unit in NO_MEASURE and not lasting):
        return False
    if quantity.unit in _ATTENDING_UNITS and _ATTENDING.match(source.folded, quantity.end):
        return False
    if quantity.unit == "km" and _SPEED.match(source.folded, quantity.end):
        return False
    if (
        not (quantity.known_unit or quantity.elliptic)
        and quantity.unit not in UNIT_CODES
        and quantity.value < _COUNTED_LEAST
        and not told_of(source, quantity)
    ):
        return False
    if _is_setting(source, quantity):
        return False
    if _ABSTRACT.match(quantity.unit or "") and not acted_on(source, quantity):
        return False
    return quantity.elliptic or not (gathering and quantity.unit in _EVENT_UNITS)


def _is_setting(source: Source, quantity: Quantity) -> bool:
    """Tell what is only the size, the owner, the place or the frame of what was done."""
    if quantity.unit in _LENGTHS and _SIZE.search(
        source.folded, max(0, quantity.start - 24), quantity.start
    ):
        return True
    before = source.folded[max(0, quantity.start - 14) : quantity.start]
    if source.toned:
        if source.folded.startswith("nhan khau", quantity.unit_at):
            return True  # who lives somewhere
    elif _is_owned(source, quantity):
        return True
    if _AMONG.search(before) or _TEAM.search(before):
        return True
    if quantity.value < _MANY_GIFTS and _COURTESY.search(before):
        return True
    if quantity.unit in {"task", "target"} and _AMONG_ALL.search(before):
        return True
    if quantity.unit == "target" and not (
        _FINISHED.search(before)
        or (follows(_WORKED, source, quantity) and not before.endswith("con "))
    ):
        return True  # "thông qua Nghị quyết với 19 chỉ tiêu"
    return _is_place(source, quantity, before)


def _is_place(source: Source, quantity: Quantity, before: str) -> bool:
    """Tell communes, schools or sites where something was done, or that are named behind."""
    if quantity.unit in PLACE_UNITS and _NAMES.match(source.composed, quantity.end):
        return True  # "2 xã Lạc Hưng và Bảo Hiệu"
    shared = _SHARED_BEHIND.match(source.folded, quantity.end)
    if quantity.unit not in PLACE_UNITS or shared:
        return False
    return bool(_PLACE.search(before) or _MERGED.search(before))


def is_compared(source: Source, quantity: Quantity) -> bool:
    """Tell what something else is compared with, where it moved from, or what a thing costs."""
    low = max(0, quantity.start - 70)
    if _COMPARED.search(source.folded, low, quantity.start):
        return True
    if _OTHERS.search(source.folded, low, quantity.start):
        return True
    return moved_from(source, quantity) or _is_cost(source, quantity)


def moved_from(source: Source, quantity: Quantity) -> bool:
    """Tell where something stood before: 81 in "tăng từ 81% (năm 2012) lên 93%"."""
    low = max(0, quantity.start - 70)
    if not _FROM.search(source.folded, low, quantity.start):
        return False
    return _TO.match(source.folded, quantity.end) is not None


def _is_owned(source: Source, quantity: Quantity) -> bool:
    """Tell what somebody only has: "the hospital has 300 beds"; "so far it has ..." is reached."""
    low = max(0, quantity.start - _OWNER)
    before = source.folded[low : quantity.start]
    if quantity.form != "amount" or quantity.unit in {"%", "VND", "USD", "EUR"}:
        return False
    return _HAS.search(before) is not None and _SO_FAR.search(before) is None


def _is_class(source: Source, quantity: Quantity) -> bool:
    """Tell what only says which ones are meant: "enterprises with 20 workers or more"."""
    if _OR_MORE.search(source.folded, quantity.digits, quantity.end):
        return True
    bound = quantity.unit == "%" and quantity.comparator in _BOUNDS
    low = max(0, quantity.start - 70)
    return bound and _CLASS.search(source.composed, low, quantity.start) is not None


def _is_cost(source: Source, quantity: Quantity) -> bool:
    if quantity.unit not in _MONEY:
        return False
    return _BUDGET.search(source.folded, max(0, quantity.start - 70), quantity.start) is not None


def _is_fraction(quantity: Quantity) -> bool:
    """Tell "1/2 nhiệm kỳ" from so many of so many things."""
    few = quantity.total is not None and quantity.total < _FEW
    return quantity.form == "ratio" and few and not quantity.known_unit
