"""Many proposals in one act: all or the good ones, each draft pointing to its own cell."""

from dataclasses import replace

import pytest

from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.duties.services import PersonElsewhere
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Candidate, Decision
from tests.factories import NOW, TEXT, TODAY, a_promise, an_assignment, key, make_run
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}


@pytest.fixture
def run(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=TEXT)


def rows(run, *, turn=0, words=None):
    found = []
    for row in Candidate.objects.filter(run=run).order_by("ordinal"):
        said = a_promise() if row.kind == "target" else words or an_assignment()
        found.append(services.Row(row.pk, turn, said))
    return found


def confirm(run, user, taken, *, whole=True, client_key=None):
    return services.confirm_block(
        run_id=run.pk, rows=taken, whole=whole, user=user, client_key=client_key or key(), **ON
    )


def test_a_block_is_one_act_and_each_draft_points_to_its_own_words(cast, run):
    act = key()

    block = confirm(run, cast.chi, rows(run), client_key=act)

    candidates = list(Candidate.objects.filter(run=run).order_by("ordinal"))
    assert block.done == tuple(row.pk for row in candidates)
    assert set(Decision.objects.values_list("client_key", flat=True)) == {act}
    sources = DutySource.objects.order_by("start").values_list("start", "end")
    assert list(sources) == [(row.start, row.end) for row in candidates if row.kind == "task"]


def test_sending_a_block_twice_is_sending_it_once(cast, run):
    act = key()
    first = confirm(run, cast.chi, rows(run), client_key=act)

    with nothing_changes():
        assert confirm(run, cast.chi, rows(run), client_key=act) == first


def test_one_bad_row_stops_the_whole_where_the_whole_is_wanted(cast, run):
    taken = rows(run)
    elsewhere = an_assignment(cast.ho_sen, cast.person(cast.khe))
    taken[3] = replace(taken[3], words=elsewhere)

    with nothing_changes(), pytest.raises(services.BlockRefused) as refused:
        confirm(run, cast.chi, taken)

    assert [(pk, type(why)) for pk, why in refused.value.refused] == [
        (taken[3].candidate_id, PersonElsewhere)
    ]


def test_the_good_rows_are_taken_and_the_others_listed(cast, run):
    taken = rows(run)
    services.reject_candidate(
        candidate_id=taken[0].candidate_id,
        reason="duplicate",
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    taken[3] = replace(taken[3], words=a_promise())

    block = confirm(run, cast.chi, taken, whole=False)

    assert block.done == (taken[1].candidate_id, taken[2].candidate_id)
    assert [(pk, type(why)) for pk, why in block.refused] == [
        (taken[0].candidate_id, services.AlreadyDecided),
        (taken[3].candidate_id, services.WrongKind),
    ]
    assert Duty.objects.count() == 1


def test_a_block_is_undone_in_one_act(cast, run):
    act = key()
    confirm(run, cast.chi, rows(run), client_key=act)
    shown = selectors.last_act(selectors.candidates_of(run=run), user_id=cast.chi.pk)

    undone = services.undo_act(run_id=run.pk, act=act, user=cast.chi, client_key=key(), **ON)

    assert (shown.client_key, shown.count) == (act, 4)
    assert len(undone.reopened) == 4
    assert set(Duty.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert len(confirm(run, cast.chi, rows(run, turn=2)).done) == 4


def test_many_are_dropped_for_one_reason(cast, run):
    turns = {row.candidate_id: 0 for row in rows(run)}
    decided = next(iter(turns))
    services.reject_candidate(
        candidate_id=decided, reason="wrong_span", user=cast.chi, client_key=key(), **ON
    )

    block = services.reject_block(
        run_id=run.pk, turns=turns, reason="duplicate", user=cast.chi, client_key=key(), **ON
    )

    assert len(block.done) == 3
    assert [pk for pk, _ in block.refused] == [decided]
    assert Decision.objects.get(candidate_id=decided).reason == "wrong_span"
    with nothing_changes(), pytest.raises(services.ReasonUnknown):
        services.reject_block(
            run_id=run.pk, turns=turns, reason="x", user=cast.chi, client_key=key(), **ON
        )


def test_proposals_of_another_reading_are_not_of_this_block(cast, run):
    other = make_run(keeper=cast.city, user=cast.chi)

    block = confirm(run, cast.chi, rows(other))

    assert block.done == ()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["thach", "ha", "nghiem"])
def test_only_those_who_decide_take_blocks(cast, run, name):
    user = cast.named_users()[name]

    with nothing_changes(), pytest.raises(services.NotAllowed):
        confirm(run, user, rows(run))
    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.reject_block(
            run_id=run.pk, turns={}, reason="duplicate", user=user, client_key=key(), **ON
        )
