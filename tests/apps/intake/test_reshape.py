"""A person splits, merges and adds proposals; each points to its words, and all can be undone."""

import pytest

from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Candidate, Decision, Descent
from lotrinh.apps.intake.passages import trimmed, words_at
from tests.factories import NOW, TEXT, TODAY, key, make_run
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}


@pytest.fixture
def run(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=TEXT)


def proposal(run, n):
    return Candidate.objects.get(run=run, ordinal=n)


def split(candidate, user, words, *, turn=0, client_key=None):
    return services.split_candidate(
        candidate_id=candidate.pk,
        turn=turn,
        place=candidate.run.rendition.text.index(words, candidate.start),
        user=user,
        client_key=client_key or key(),
        **ON,
    )


def merge(one, other, user, *, turns=(0, 0), client_key=None):
    return services.merge_candidates(
        candidate_id=one.pk,
        turn=turns[0],
        other_id=other.pk,
        other_turn=turns[1],
        user=user,
        client_key=client_key or key(),
        **ON,
    )


def add(run, user, words, *, kind="task", client_key=None):
    start = run.rendition.text.index(words)
    return services.add_candidate(
        run_id=run.pk,
        kind=kind,
        start=start,
        end=start + len(words),
        user=user,
        client_key=client_key or key(),
        **ON,
    )


def words_of(candidate):
    return candidate.run.rendition.text[candidate.start : candidate.end]


def standing(run):
    rows = selectors.candidates_of(run=run)
    return [row.ordinal for row in rows if not selectors.is_gone(row)]


def test_two_proposals_stand_for_one_that_is_split(cast, run):
    one, other = split(proposal(run, 3), cast.chi, "hoàn thành trước")

    assert words_of(one).startswith("Giao Ủy ban nhân dân Quận Hồ Sen")
    assert words_of(one).endswith("đào tạo cán bộ")
    assert words_of(other) == "hoàn thành trước ngày 30/9/2024"
    assert (one.ordinal, other.ordinal) == (5, 6)
    assert (one.origin, one.kind, one.made_by) == ("split", "task", cast.chi)
    assert one.fields["lead"] == other.fields["lead"] == ["Ủy ban nhân dân Quận Hồ Sen"]
    assert one.fields["due"] == other.fields["due"] == "2024-09-30"
    assert one.fields["deliverable"] == "kế hoạch đào tạo cán bộ"
    assert other.fields["deliverable"] is None
    assert one.clause == other.clause == proposal(run, 3).clause
    assert standing(run) == [1, 2, 5, 6, 4]
    assert selectors.made_from(selectors.candidates_of(run=run)) == {one.pk: (3,), other.pk: (3,)}


def test_what_is_split_is_closed_by_a_decision_that_names_what_followed(cast, run):
    parts = split(proposal(run, 3), cast.chi, "hoàn thành trước")

    decision = Decision.objects.get(candidate=proposal(run, 3))
    assert decision.verdict == "replaced"
    assert selectors.successors_of(decision) == parts
    document = run.rendition.document
    assert selectors.progress_of([document])[document.pk].proposals == 5


def test_splitting_twice_under_one_key_is_splitting_once(cast, run):
    sent = key()
    made = split(proposal(run, 3), cast.chi, "hoàn thành", client_key=sent)

    with nothing_changes():
        assert split(proposal(run, 3), cast.chi, "hoàn thành", client_key=sent) == made


@pytest.mark.parametrize("place", [0, 339, 469, 9_999])
def test_nothing_is_split_off_at_the_edges(cast, run, place):
    with nothing_changes(), pytest.raises(services.NoPlaceToSplit):
        services.split_candidate(
            candidate_id=proposal(run, 3).pk,
            turn=0,
            place=place,
            user=cast.chi,
            client_key=key(),
            **ON,
        )


def test_a_split_is_undone_while_its_parts_are_open(cast, run):
    act = key()
    split(proposal(run, 3), cast.chi, "hoàn thành", client_key=act)

    services.undo_act(run_id=run.pk, act=act, user=cast.chi, client_key=key(), **ON)

    assert standing(run) == [1, 2, 3, 4]
    assert [row.verdict for row in proposal(run, 5).decisions.all()] == ["withdrawn"]


def test_a_split_is_not_undone_over_the_head_of_its_parts(cast, run):
    act = key()
    one, _ = split(proposal(run, 3), cast.chi, "hoàn thành", client_key=act)
    services.reject_candidate(
        candidate_id=one.pk, reason="duplicate", user=cast.chi, client_key=key(), **ON
    )

    with nothing_changes(), pytest.raises(services.SuccessorDecided) as refused:
        services.undo_act(run_id=run.pk, act=act, user=cast.chi, client_key=key(), **ON)

    assert refused.value.successor == one


def test_one_proposal_stands_for_neighbours_that_are_merged(cast, run):
    merged = merge(proposal(run, 3), proposal(run, 4), cast.chi)

    assert words_of(merged).startswith("Giao Ủy ban nhân dân Quận Hồ Sen")
    assert words_of(merged).endswith("trong quý IV năm 2024")
    assert merged.fields["lead"] == ["Ủy ban nhân dân Quận Hồ Sen"]
    assert merged.fields["coordinate"] == ["Văn phòng Thành ủy", "Sở Nội vụ", "Sở Tài chính"]
    assert merged.fields["deliverable"] == "kế hoạch đào tạo cán bộ; báo cáo kết quả"
    assert standing(run) == [1, 2, 5]
    assert Descent.objects.filter(successor=merged).count() == 2


def test_a_merger_is_undone_for_both(cast, run):
    merge(proposal(run, 3), proposal(run, 4), cast.chi)

    services.reopen_candidate(
        candidate_id=proposal(run, 4).pk, turn=1, user=cast.chi, client_key=key(), **ON
    )

    assert standing(run) == [1, 2, 3, 4]
    again = merge(proposal(run, 3), proposal(run, 4), cast.chi, turns=(2, 2))
    assert standing(run) == [1, 2, again.ordinal]


@pytest.mark.parametrize("pair", [(1, 3), (2, 3), (3, 3)])
def test_only_neighbours_of_one_kind_are_merged(cast, run, pair):
    one, other = (proposal(run, n) for n in pair)

    with nothing_changes(), pytest.raises(services.NotNeighbours):
        merge(one, other, cast.chi)


def test_neighbours_have_nothing_of_their_kind_between_them(cast, run):
    split(proposal(run, 3), cast.chi, "hoàn thành")

    with nothing_changes(), pytest.raises(services.NotNeighbours):
        merge(proposal(run, 5), proposal(run, 4), cast.chi)


def test_what_was_decided_meanwhile_is_not_merged_and_not_split(cast, run):
    services.reject_candidate(
        candidate_id=proposal(run, 4).pk, reason="duplicate", user=cast.chi, client_key=key(), **ON
    )

    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        merge(proposal(run, 3), proposal(run, 4), cast.chi)
    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        split(proposal(run, 4), cast.chi, "hoàn thành")


def test_a_commitment_that_reading_missed_is_added_by_its_words(cast, run):
    added = add(run, cast.chi, " phối hợp với Sở Tài chính tham mưu báo cáo;".rstrip(";"))

    assert words_of(added) == "phối hợp với Sở Tài chính tham mưu báo cáo"
    assert (added.ordinal, added.origin, added.rule) == (5, "added", "person.added")
    assert added.fields["lead"] == ["Sở Tài chính"]
    assert added.clause == proposal(run, 4).clause


def test_a_target_that_is_added_has_the_level_that_was_read_in_its_words(cast, run):
    added = add(run, cast.chi, "Đến năm 2030, tỷ lệ lao động qua đào tạo đạt 80%", kind="target")

    assert {name: added.fields[name] for name in ("metric", "value", "due")} == {
        "metric": "tỷ lệ lao động qua đào tạo",
        "value": 80,
        "due": "2030",
    }


def test_the_same_words_are_not_proposed_twice(cast, run):
    words = words_of(proposal(run, 3))

    with nothing_changes(), pytest.raises(services.AlreadyProposed) as refused:
        add(run, cast.chi, words)

    assert refused.value.candidate == proposal(run, 3)
    assert add(run, cast.chi, words, kind="target").kind == "target"


def test_adding_twice_under_one_key_is_adding_once(cast, run):
    sent = key()
    added = add(run, cast.chi, "tham mưu báo cáo", client_key=sent)

    with nothing_changes():
        assert add(run, cast.chi, "tham mưu báo cáo", client_key=sent) == added


def test_what_was_added_can_be_taken_back(cast, run):
    act = key()
    add(run, cast.chi, "tham mưu báo cáo", client_key=act)
    shown = selectors.last_act(selectors.candidates_of(run=run), user_id=cast.chi.pk)

    services.undo_act(run_id=run.pk, act=act, user=cast.chi, client_key=key(), **ON)

    assert (shown.client_key, shown.verdict) == (act, None)
    assert standing(run) == [1, 2, 3, 4]
    assert add(run, cast.chi, "tham mưu báo cáo").ordinal == 6


def test_what_was_typed_for_a_proposal_comes_back_with_it(cast, run):
    task = proposal(run, 3)
    services.keep_typed(candidate_id=task.pk, values={"title": "Đào tạo"}, user=cast.chi, **ON)
    split(task, cast.chi, "hoàn thành trước")

    services.reopen_candidate(candidate_id=task.pk, turn=1, user=cast.chi, client_key=key(), **ON)

    typed = selectors.typed_words(run=run, user_id=cast.chi.pk)
    assert typed == {task.pk: {"title": "Đào tạo"}}


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (0, 99_999), (15, 18)])
def test_words_outside_the_text_and_mere_signs_are_refused(cast, run, start, end):
    with nothing_changes(), pytest.raises(services.NoWords):
        services.add_candidate(
            run_id=run.pk,
            kind="task",
            start=start,
            end=end,
            user=cast.chi,
            client_key=key(),
            **ON,
        )


@pytest.mark.parametrize("name", ["thach", "ha", "khe", "nghiem", "an"])
def test_only_those_who_decide_reshape(cast, run, name):
    user = cast.named_users()[name]

    for act in (
        lambda: split(proposal(run, 3), user, "hoàn thành"),
        lambda: merge(proposal(run, 3), proposal(run, 4), user),
        lambda: add(run, user, "tham mưu báo cáo"),
    ):
        with nothing_changes(), pytest.raises(services.NotAllowed):
            act()


def test_words_are_found_however_a_browser_spaces_them():
    text = "Giao Sở Y tế\n  lập kế hoạch; giao Sở Y tế báo cáo"

    assert words_at(text, "Sở Y tế lập\nkế   hoạch", 0, len(text)) == (5, 27)
    assert words_at(text, "Sở Y tế", 10, len(text)) == (34, 41)
    assert words_at(text, "Sở Y tế", 0, 10) is None
    assert words_at(text, "", 0, len(text)) is None


def test_the_edges_of_a_passage_hold_no_mere_signs():
    assert trimmed("- a b; ", 0, 7) == (2, 5)
    assert trimmed(" ;- ", 0, 4)[0] == trimmed(" ;- ", 0, 4)[1]
