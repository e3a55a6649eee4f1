"""Actions are stored in roles and journals: their codes are a contract, not a matter of taste."""

import re

from lotrinh.rules.actions import Action


def test_the_codes_of_actions_stand():
    assert {action.value for action in Action} == {
        "document.read",
        "document.register",
        "candidate.decide",
        "duty.read",
        "duty.assign",
        "duty.issue",
        "conference.hold",
        "duty.do",
        "duty.judge",
        "target.read",
        "figure.read",
        "figure.enter",
        "figure.approve",
        "review.read",
        "review.write",
        "review.freeze",
        "people.read",
        "unit.change",
        "people.appoint",
        "rights.explain",
        "account.manage",
        "mandate.give",
        "publication.decide",
        "role.define",
    }


def test_a_code_is_noun_and_verb_and_fits_its_column():
    for action in Action:
        assert re.fullmatch(r"[a-z]+\.[a-z]+", action.value)
        assert len(action.value) <= 40
