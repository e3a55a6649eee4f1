"""All rules at once, each oddity asked about once."""

from collections.abc import Iterable

from lotrinh.rules.integrity.always_whole import always_whole
from lotrinh.rules.integrity.cloned_rows import cloned_rows
from lotrinh.rules.integrity.facts import Facts, IntegrityRule, Limits, Question
from lotrinh.rules.integrity.jumps import jumps
from lotrinh.rules.integrity.last_digits import last_digits
from lotrinh.rules.integrity.last_hour import last_hour
from lotrinh.rules.integrity.over_target import over_target
from lotrinh.rules.integrity.parts_differ import parts_differ
from lotrinh.rules.integrity.repeated_rows import repeated_rows
from lotrinh.rules.integrity.reused_files import reused_files
from lotrinh.rules.integrity.round_numbers import round_numbers


def integrity_questions(facts: Facts, limits: Limits, *, season: int = 12) -> tuple[Question, ...]:
    """Return what there is to ask, by unit and then in the order of the rules.

    A unit that is asked about round numbers is not asked about its last digits too: they are the
    same figures. ``season`` is how many periods make a year.
    """
    asked = [
        *round_numbers(facts.told, limits),
        *over_target(facts.told, limits),
        *cloned_rows(facts.told, limits),
        *repeated_rows(facts.told, limits),
        *jumps(facts.told, limits, season=season),
        *reused_files(facts.shown, limits),
        *parts_differ(facts.splits, limits),
        *always_whole(facts.told, limits),
        *last_hour(facts.handed_in, limits),
    ]
    asked += _not_yet(last_digits(facts.told, limits), asked)
    order = {rule: place for place, rule in enumerate(IntegrityRule)}
    return tuple(sorted(asked, key=lambda one: (one.unit, order[one.rule], one.others)))


def _not_yet(found: Iterable[Question], asked: Iterable[Question]) -> list[Question]:
    known = {one.unit for one in asked if one.rule is IntegrityRule.ROUND_NUMBERS}
    return [one for one in found if one.unit not in known]
