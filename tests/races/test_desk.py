"""Two people at one desk at the same instant: blocks, splits, undoing and issuing take turns."""

from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import services
from lotrinh.apps.intake.models import Candidate, Decision
from tests.factories import NOW, TODAY, a_promise, act, an_assignment, key, make_run
from tests.races.together import at_once, failures

ROUNDS = 6
ON = {"on": TODAY, "at": NOW}


def a_run(people):
    return make_run(keeper=people.city, user=people.chi)


def the_rows(run):
    return [
        services.Row(row.pk, 0, a_promise() if row.kind == "target" else an_assignment())
        for row in Candidate.objects.filter(run=run).order_by("ordinal")
    ]


def block(run, user, rows, *, whole, client_key=None):
    sent = client_key or key()
    return lambda: services.confirm_block(
        run_id=run.pk, rows=rows, whole=whole, user=user, client_key=sent, **ON
    )


def decided(run):
    """Return how many decisions and live drafts the tasks and targets of a run have."""
    return Decision.objects.filter(candidate__run=run).count()


def test_two_blocks_over_the_same_rows_take_each_row_once(people):
    for _ in range(ROUNDS):
        run = a_run(people)
        rows = the_rows(run)
        one, other = at_once(
            block(run, people.chi, rows, whole=False),
            block(run, people.chi, list(reversed(rows)), whole=False),
        )

        assert sorted([len(one.done), len(other.done)]) == [0, 4]
        assert decided(run) == 4


def test_the_same_block_from_two_connections_is_one(people):
    for _ in range(ROUNDS):
        run, sent = a_run(people), key()
        rows = the_rows(run)
        one, other = at_once(
            block(run, people.chi, rows, whole=True, client_key=sent),
            block(run, people.chi, rows, whole=True, client_key=sent),
        )

        assert one == other
        assert (len(one.done), decided(run)) == (4, 4)


def test_a_block_and_a_single_decision_do_not_both_win(people):
    for _ in range(ROUNDS):
        run = a_run(people)
        rows = the_rows(run)
        outcomes = at_once(
            block(run, people.chi, rows, whole=False),
            lambda row=rows[2]: services.reject_candidate(
                candidate_id=row.candidate_id,
                reason="duplicate",
                user=people.chi,
                client_key=key(),
                **ON,
            ),
        )

        assert decided(run) == 4
        assert len(failures(outcomes)) + len(outcomes[0].refused) == 1


def test_of_two_who_split_one_proposal_one_is_told(people):
    for _ in range(ROUNDS):
        run = a_run(people)
        task = Candidate.objects.get(run=run, ordinal=3)

        def split(place, task=task):
            return lambda: services.split_candidate(
                candidate_id=task.pk,
                turn=0,
                place=task.start + place,
                user=people.chi,
                client_key=key(),
                **ON,
            )

        assert failures(at_once(split(20), split(40))) == ["AlreadyDecided"]
        assert Candidate.objects.filter(run=run).count() == 6


def test_additions_at_the_same_instant_have_numbers_of_their_own(people):
    for _ in range(ROUNDS):
        run = a_run(people)

        def add(end, run=run):
            return lambda: services.add_candidate(
                run_id=run.pk,
                kind="task",
                start=0,
                end=end,
                user=people.chi,
                client_key=key(),
                **ON,
            )

        assert failures(at_once(add(10), add(15))) == []
        numbers = Candidate.objects.filter(run=run).values_list("ordinal", flat=True)
        assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_a_draft_is_issued_or_undone_but_never_both(people):
    for _ in range(ROUNDS):
        run, first = a_run(people), key()
        task = Candidate.objects.get(run=run, ordinal=3)
        duty = services.confirm_task(
            candidate_id=task.pk,
            assignment=an_assignment(people.ho_sen, people.person(people.ha)),
            user=people.chi,
            client_key=first,
            **ON,
        )
        outcomes = at_once(
            lambda run=run, first=first: services.undo_act(
                run_id=run.pk, act=first, user=people.chi, client_key=key(), **ON
            ),
            lambda duty=duty: duties.issue_duty(duty_id=duty.pk, act=act(people.chi, 1)),
        )

        assert len(failures(outcomes)) == 1
        state = Duty.objects.get(pk=duty.pk).state
        turns = Decision.objects.filter(candidate=task).count()
        assert (state, turns) in {("issued", 1), ("withdrawn", 2)}
