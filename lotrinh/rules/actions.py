"""What a right can allow. Actions are code, because code asks for them; which role carries which
action, on which subtree and on which days, is reference data and appointments.
"""

from enum import StrEnum


class Action(StrEnum):
    """One thing that a post may allow its holder to do in a subtree of units."""

    READ_DOCUMENT = "document.read"
    REGISTER_DOCUMENT = "document.register"
    DECIDE_CANDIDATE = "candidate.decide"  # confirm or reject what reading proposes
    READ_DUTY = "duty.read"
    ASSIGN_DUTY = "duty.assign"  # name the unit that will owe it
    ISSUE_DUTY = "duty.issue"
    DO_DUTY = "duty.do"  # accept, report, claim, ask for more time: for the unit that owes
    JUDGE_DUTY = "duty.judge"  # verify, return, extend, suspend, cancel: for whom it is owed to
    READ_TARGET = "target.read"
    READ_FIGURE = "figure.read"
    ENTER_FIGURE = "figure.enter"  # tell what the unit has reached
    APPROVE_FIGURE = "figure.approve"  # let it count, if somebody else has entered it
    READ_REVIEW = "review.read"
    WRITE_REVIEW = "review.write"  # begin one, write its parts, quote numbers
    FREEZE_REVIEW = "review.freeze"  # make an edition that nobody changes any more
    HOLD_CONFERENCE = "conference.hold"  # plan one, call sites, open and close it
    READ_PEOPLE = "people.read"
    CHANGE_UNIT = "unit.change"  # establish, rename, move, abolish
    APPOINT_PEOPLE = "people.appoint"
    EXPLAIN_RIGHTS = "rights.explain"  # ask why somebody else may or may not
    MANAGE_ACCOUNT = "account.manage"  # open, close, reopen, give a password once
    GIVE_MANDATE = "mandate.give"  # let others inspect, and read what they opened
    PUBLISH = "publication.decide"  # say what everybody may read without signing in
    DEFINE_ROLE = "role.define"


STRONG = frozenset(
    {Action.DEFINE_ROLE, Action.APPOINT_PEOPLE, Action.MANAGE_ACCOUNT, Action.GIVE_MANDATE}
)
"""What others get their rights from: only those who define roles give such a post to anybody."""
