"""A document stands as what happened to it says, on every day of its life."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.validity import CHANGES, ENDS, Effect, Suffered, Validity, validity_on

ISSUED = date(2021, 1, 1)
DAY = date(2023, 7, 1)
BEFORE = date(2023, 6, 30)


def stands(*effects, begins_on=ISSUED, on=DAY):
    return validity_on(begins_on, effects, on=on).validity


@pytest.mark.parametrize(
    ("effect", "partial", "on", "expected"),
    [
        (Effect.REPLACED, False, DAY, Validity.REPLACED),
        (Effect.REPLACED, False, BEFORE, Validity.IN_FORCE),
        (Effect.REPEALED, False, DAY, Validity.REPEALED),
        (Effect.REPEALED, True, DAY, Validity.PARTLY_AMENDED),
        (Effect.REPLACED, True, DAY, Validity.PARTLY_AMENDED),
        (Effect.AMENDED, False, DAY, Validity.PARTLY_AMENDED),
        (Effect.AMENDED, True, BEFORE, Validity.IN_FORCE),
        (Effect.CORRECTED, False, DAY, Validity.IN_FORCE),
        (Effect.CONTINUED, False, DAY, Validity.IN_FORCE),
    ],
)
def test_an_effect_counts_from_its_day(effect, partial, on, expected):
    assert stands(Suffered(effect, DAY, partial), on=on) is expected


def test_before_its_own_day_it_is_not_yet_in_force_whatever_comes_later():
    later = validity_on(DAY, [Suffered(Effect.REPEALED, date(2024, 1, 1))], on=BEFORE)

    assert (later.validity, later.since) == (Validity.NOT_YET, DAY)


def test_an_ending_of_unknown_day_leaves_every_day_unknown_and_names_it():
    undated = Suffered(Effect.REPLACED, None, cause="929/QĐ-TTg")

    found = validity_on(ISSUED, [undated], on=DAY)

    assert (found.validity, found.by) == (Validity.UNKNOWN, (undated,))


def test_a_known_ending_settles_what_an_undated_one_leaves_open():
    effects = [Suffered(Effect.REPEALED, None), Suffered(Effect.REPLACED, DAY)]

    assert stands(*effects) is Validity.REPLACED
    assert stands(*effects, on=BEFORE) is Validity.UNKNOWN


def test_the_first_ending_counts_and_of_one_day_the_replacement():
    repealed = Suffered(Effect.REPEALED, date(2022, 1, 1))

    assert stands(repealed, Suffered(Effect.REPLACED, DAY)) is Validity.REPEALED
    assert stands(Suffered(Effect.REPEALED, DAY), Suffered(Effect.REPLACED, DAY)) is (
        Validity.REPLACED
    )


def test_without_a_day_of_its_own_only_what_happened_to_it_tells():
    assert stands(begins_on=None) is Validity.UNKNOWN
    assert stands(Suffered(Effect.REPLACED, DAY), begins_on=None) is Validity.REPLACED
    assert stands(Suffered(Effect.AMENDED, None), begins_on=None) is Validity.PARTLY_AMENDED


days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
effects = st.lists(
    st.builds(Suffered, st.sampled_from(list(Effect)), days, st.booleans()), max_size=6
)


@given(days, effects, days, days)
def test_law_what_has_ended_never_comes_back(begins_on, found, one, other):
    earlier, later = sorted((one, other))
    ended = {Validity.REPLACED, Validity.REPEALED}
    if validity_on(begins_on, found, on=earlier).validity in ended:
        assert validity_on(begins_on, found, on=later) == validity_on(begins_on, found, on=earlier)


@given(days, effects, days)
def test_law_what_changes_nothing_may_be_left_out_and_order_does_not_count(begins_on, found, on):
    counting = [each for each in found if each.effect in CHANGES]
    full = validity_on(begins_on, found, on=on)

    assert full == validity_on(begins_on, counting, on=on)
    assert full.validity == validity_on(begins_on, list(reversed(found)), on=on).validity
    assert ENDS < CHANGES
