"""The words for how targets are promised and divided, in the language of the page."""

from django.utils.translation import gettext_lazy as _

from lotrinh.web.wording import Words

ALLOCATION_METHODS: Words = {
    "equal": _("equally"),
    "proportional": _("in proportion to the bases"),
    "as_before": _("as in the allocation before"),
    "by_hand": _("by hand"),
}
"""How the shares of an allocation come about."""

ALLOCATION_STATES: Words = {
    "draft": _("draft allocation"),
    "consulting": _("before the units"),
    "decided": _("decided"),
    "superseded": _("superseded"),
    "withdrawn": _("given up"),
}

SHARE_ANSWERS: Words = {
    "agrees": _("agrees"),
    "asks": _("asks for another figure"),
}
"""What a unit says of its share."""

ALLOCATION_STEPS: Words = {
    "amend": _("Figures changed"),
    "consult": _("Laid before the units"),
    "answer": _("Answer of a unit"),
    "decide": _("Allocation decided"),
    "supersede": _("Another allocation took its place"),
    "withdraw": _("Allocation given up"),
}
"""What happened to an allocation."""

WAYS: Words = {
    "higher": _("the higher the better"),
    "lower": _("the lower the better"),
}
"""Which way of a measure is better."""

RECKONINGS: Words = {
    "level": _("a level"),
    "rank": _("a rank, the first is the best"),
    "of_base": _("percent of the base"),
    "fold": _("so many times the base"),
    "change": _("percent of change from the base"),
    "points": _("percentage points from the base"),
    "yearly": _("percent of growth each year"),
}
"""What a planned number counts."""

COMPARATORS: Words = {
    ">=": _("at least"),
    "<=": _("at most"),
    "=": _("exactly"),
    "<": _("below"),
    ">": _("above"),
    "range": _("between two values"),
    "~": _("about, within a tolerance"),
    "keep": _("no worse than before"),
    "words": _("judged in words"),
}
