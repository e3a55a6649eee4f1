"""Two people at one difference, or with two texts, at the same instant."""

import json
from functools import partial
from io import StringIO

from django.core.management import call_command

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import TextChoice
from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import (
    Candidate,
    Decision,
    Likeness,
    LikenessAnswer,
    SettledDifference,
)
from lotrinh.apps.intake.services import Submission, Taken
from tests.apps.intake.test_likeness import EN, VI
from tests.factories import NOW, TEXT, TODAY, an_assignment, key, make_run
from tests.races.together import at_once, failures, overlapping
from tests.readings import hand_in, read_again_now, read_by_older_rules

ROUNDS = 4
ON = {"on": TODAY, "at": NOW}


def text(n, level="80"):
    return TEXT.replace("97-CTr", f"{n}-CTr").replace("đạt 80%", f"đạt {level}%")


def take(rendition, seen, user):
    """Return the act of taking a text by somebody who saw another one counting."""
    given = {"rendition": rendition, "instead_of": seen, "reason": "bản ký", "user": user}
    return partial(services.take_text, client_key=key(), **given, **ON)


def confirm(candidate_id, user):
    """Return the act of accepting a task."""
    given = {"candidate_id": candidate_id, "assignment": an_assignment(), "user": user}
    return partial(services.confirm_task, client_key=key(), **given, **ON)


def settle(pk, user):
    """Return the act of taking what only the newer reading proposes."""
    given = {"older_id": None, "newer_id": pk, "taken": Taken(("words",)), "user": user}
    return partial(services.settle_difference, client_key=key(), **given, **ON)


def answer(likeness, into, user):
    """Return the act of saying whether two texts are one document."""
    given = {"likeness": likeness, "into": into, "user": user}
    return partial(services.answer_likeness, client_key=key(), **given, **ON)


def test_two_people_take_different_texts_and_the_second_is_told(people):
    for n in range(200, 200 + ROUNDS):
        run = make_run(keeper=people.city, user=people.chi, text=text(n))
        confirm(run.candidates.get(ordinal=3).pk, people.chi)()
        given = {"keeper": people.city, "user": people.chi}
        texts = [hand_in(text(n, level), **given).rendition for level in ("85", "90")]

        outcomes = at_once(*(take(one, run.rendition.uid, people.chi) for one in texts))

        document = run.rendition.document
        assert failures(outcomes) == ["TextTakenMeanwhile"]
        assert TextChoice.objects.filter(document=document).count() == 1
        duty = Duty.objects.filter(sources__rendition=run.rendition).get()
        assert DutySource.objects.filter(duty=duty).count() == 2
        counting = documents.text_that_counts(document)
        carried = Decision.objects.filter(candidate__run__rendition__document=document)
        assert [row.candidate.run.rendition for row in carried.exclude(carried_from=None)] == [
            counting
        ]


def test_a_decision_taken_while_the_text_changes_goes_with_it_or_is_refused(people):
    for n in range(300, 300 + ROUNDS):
        run = make_run(keeper=people.city, user=people.chi, text=text(n))
        other = hand_in(text(n, "85"), keeper=people.city, user=people.chi)
        task = run.candidates.get(ordinal=3).pk

        outcomes = at_once(
            take(other.rendition, run.rendition.uid, people.chi), confirm(task, people.chi)
        )

        refused = failures(outcomes)
        carried = Decision.objects.filter(carried_from__candidate=task).count()
        drafted = Duty.objects.filter(sources__rendition=run.rendition).distinct().count()
        assert (refused, carried, drafted) in [([], 1, 1), (["AnotherTextCounts"], 0, 0)]


def add_and_take(people, n):
    """Return the acts of adding a proposal to a text and of taking another text, and both runs."""
    run = make_run(keeper=people.city, user=people.chi, text=text(n))
    other = hand_in(text(n, "85"), keeper=people.city, user=people.chi)
    given = {"run_id": run.pk, "kind": "task", "start": 0, "end": 10, "user": people.chi}
    add = partial(services.add_candidate, client_key=key(), **given, **ON)
    return add, take(other.rendition, run.rendition.uid, people.chi), run, other


def test_a_proposal_that_is_being_added_goes_with_the_text_that_is_taken(people):
    add, taking, _run, other = add_and_take(people, 600)

    assert failures(overlapping(add, taking)) == []
    assert Candidate.objects.filter(run=other, origin="carried").count() == 1


def test_nothing_is_added_to_a_text_that_is_being_left(people):
    add, taking, run, _other = add_and_take(people, 601)

    assert failures(overlapping(taking, add)) == ["AnotherTextCounts"]
    assert not Candidate.objects.filter(run=run, origin="added").exists()


def test_two_people_settle_one_difference_once(people):
    for n in range(400, 400 + ROUNDS):
        run = read_by_older_rules(
            keeper=people.city,
            user=people.chi,
            text=text(n),
            older=lambda said: said if said["kind"] == "task" else None,
        )
        newer = read_again_now(run, people.chi)
        row = selectors.compared(run, newer).new[0].newer

        outcomes = at_once(settle(row.pk, people.chi), settle(row.pk, people.chi))

        assert failures(outcomes) == ["AlreadySettled"]
        assert SettledDifference.objects.filter(newer=row).count() == 1
        assert Candidate.objects.filter(run=run, origin="reread").count() == 1


def test_two_people_let_one_text_be_read_again_once(people):
    for n in range(500, 500 + ROUNDS):
        run = read_by_older_rules(keeper=people.city, user=people.chi, text=text(n))
        given = {"run_id": run.pk, "user": people.chi, **ON}
        one, other = at_once(
            *(partial(services.reread, client_key=key(), **given) for _ in range(2))
        )
        assert one == other
        assert run.rereadings.count() == 1


def test_a_text_read_again_meanwhile_holds_up_none_of_the_others(people):
    first, second = (
        read_by_older_rules(keeper=people.city, user=people.chi, text=text(n)) for n in (240, 241)
    )
    numbers = ("240-CTr/TU", "241-CTr/TU")
    command = partial(call_command, "reread_texts", numbers=numbers, dry_run=False)

    _newer, told = overlapping(
        partial(read_again_now, first, people.chi), partial(command, stdout=StringIO())
    )

    assert json.loads(told) == {"queued": 1, "read": 2, "unknown": []}
    assert [run.state for run in first.rereadings.all()] == ["done"]
    assert [run.state for run in second.rereadings.all()] == ["queued"]


def test_two_people_answer_one_likeness_once(people):
    for n in range(600, 600 + ROUNDS):
        make_run(keeper=people.city, user=people.chi, text=text(n))
        bare = "\n".join(text(n, n).splitlines()[4:])
        later = hand_in(bare, keeper=people.city, user=people.chi, source_name="b.txt")
        found = later.rendition.likenesses.earliest("id")

        outcomes = at_once(
            answer(found, None, people.chi),
            answer(found, found.other.document, people.chi),
        )

        assert failures(outcomes) == ["AnsweredMeanwhile"]
        assert LikenessAnswer.objects.filter(likeness=found).count() == 1


def test_an_original_and_its_translation_that_are_read_at_once_find_each_other(people):
    cited = "Nghị quyết số 45-NQ/TW ngày 24/11/2023 và Kế hoạch số 30-KH/TW ngày 15/1/2024"
    cited_en = "Resolution No. 45-NQ/TW dated 24/11/2023 and Plan No. 30-KH/TW dated 15/1/2024"
    vi = VI.replace("Số 97-CTr/TU\n", "").replace(f"thực hiện {cited}", "về lao động")
    en = EN.replace(f"implementing {cited_en}", "on labour")  # neither waits for a stub
    runs = [
        services.submit(
            submission=Submission(content=words.encode(), source_name=name),
            keeper=people.city,
            user=people.chi,
            client_key=key(),
            **ON,
        )
        for words, name in ((vi, "vi.txt"), (en, "en.txt"))
    ]

    overlapping(*(partial(services.read_run, uid=run.uid, at=NOW) for run in runs))

    found = Likeness.objects.get(text__runs=runs[1], other__runs=runs[0])
    assert found.verdict == "same"


def two_texts(people, n):
    """Return what was found of two texts, and a task that the later one proposes."""
    make_run(keeper=people.city, user=people.chi, text=text(n))
    bare = "\n".join(text(n, n).splitlines()[4:])
    later = hand_in(bare, keeper=people.city, user=people.chi, source_name="b.txt")
    found = later.rendition.likenesses.earliest("id")
    return found, later.candidates.filter(kind="task").earliest("id").pk


def test_a_document_from_which_something_is_being_accepted_is_not_joined(people):
    found, task = two_texts(people, 700)

    outcomes = overlapping(
        confirm(task, people.chi), answer(found, found.other.document, people.chi)
    )

    assert failures(outcomes) == ["HasCommitments"]
    assert Decision.objects.get(candidate=task).verdict == "confirmed"


def test_nothing_is_accepted_from_a_document_that_is_being_joined(people):
    found, task = two_texts(people, 701)

    outcomes = overlapping(
        answer(found, found.other.document, people.chi), confirm(task, people.chi)
    )

    assert failures(outcomes) == ["AnotherTextCounts"]
    assert not Decision.objects.filter(candidate=task).exists()
