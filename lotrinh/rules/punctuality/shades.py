"""From a tally to one of the shades of a strip.

Only what can be judged makes a shade: done on time, done late, open past its deadline. What is
still in term is neither praise nor blame; a month in which only such duties fall due is awaited.
"""

from enum import StrEnum

from lotrinh.rules.tally import Tally


class Shade(StrEnum):
    """How punctual: from all on time to none, then what cannot be judged."""

    ALL = "all"
    MOST = "most"  # half or more, not all
    FEW = "few"  # some, less than half
    NONE = "none"
    AWAITED = "awaited"  # something is due, and nothing of it can be judged yet
    NOTHING = "nothing"  # nothing is due


def shade_of(tally: Tally) -> Shade:
    """Return the shade of what fell due together.

    >>> from lotrinh.rules.standing import Standing
    >>> shade_of(Tally({Standing.DONE_ON_TIME: 1, Standing.OPEN_OVERDUE: 1})).value
    'most'
    """
    share = tally.on_time_of_judged
    if not tally.total:
        return Shade.NOTHING
    if not share.whole:
        return Shade.AWAITED
    if share.part == share.whole:
        return Shade.ALL
    if not share.part:
        return Shade.NONE
    return Shade.MOST if 2 * share.part >= share.whole else Shade.FEW
