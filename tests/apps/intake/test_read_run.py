"""Reading leaves clauses, candidates and relations: all or nothing, and once."""

from itertools import pairwise

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Clause, Document
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Candidate, ReadingRun
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW, TEXT, TODAY, key, make_candidate, make_run
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(cast):
    return make_run(keeper=cast.city, user=cast.chi, text=TEXT)


def test_two_targets_and_two_tasks_are_proposed_in_the_order_of_the_text(run):
    found = selectors.candidates_of(run=run)

    assert [candidate.kind for candidate in found] == ["target", "target", "task", "task"]
    assert [candidate.ordinal for candidate in found] == [1, 2, 3, 4]
    assert [candidate.start for candidate in found] == sorted(
        candidate.start for candidate in found
    )


def test_a_candidate_says_what_the_words_say(run):
    target, _, task, _ = selectors.candidates_of(run=run)

    assert target.fields == {
        "metric": "tỷ lệ thất nghiệp khu vực thành thị",
        "comparator": "<",
        "value": 3,
        "unit": "%",
        "due": "2030",
        "columns": None,
    }
    assert TEXT[target.start : target.end].startswith("tỷ lệ thất nghiệp")
    assert task.fields["lead"] == ["Ủy ban nhân dân Quận Hồ Sen"]
    assert task.fields["due"] == "2024-09-30"


def test_every_candidate_lies_in_a_clause(run):
    for candidate in selectors.candidates_of(run=run):
        assert candidate.clause.start <= candidate.start
        assert candidate.end <= candidate.clause.end


def test_clauses_hold_every_visible_character_once(run):
    clauses = documents.clauses_of(rendition=run.rendition)

    ends = [(clause.start, clause.end) for clause in clauses]
    assert all(one[1] <= other[0] for one, other in pairwise(ends))
    held = "".join(TEXT[start:end] for start, end in ends)
    assert "".join(held.split()) == "".join(TEXT.split())


def test_the_run_is_done_and_says_by_which_engine(run):
    stored = ReadingRun.objects.get(pk=run.pk)

    assert (stored.state, stored.finished_at, stored.error) == ("done", NOW, "")
    assert stored.engine_version != ""
    assert len(stored.lexicon_hash) > 0
    assert {fact["kind"] for fact in stored.facts} >= {"target", "task", "citation"}
    assert Entry.objects.filter(verb="reading.done", actor_kind="system").count() == 1


def test_what_it_implements_is_related_and_known_as_a_stub(run):
    reader = run.rendition.document.registered_by_id
    (end,) = documents.related(document=run.rendition.document, seen_by=reader, on=TODAY)

    assert (end.document.number, end.document.is_stub, end.outgoing) == ("45-NQ/TW", True, True)
    assert end.document.system == "party"
    assert "45-NQ/TW" in TEXT[end.start : end.end]
    assert Document.objects.count() == 2


def test_a_job_that_comes_twice_reads_once(run):
    with nothing_changes():
        services.read_run(uid=run.uid, at=NOW)


def test_a_fault_half_way_leaves_the_run_as_it_was(cast, monkeypatch):
    """The fault is planted in the last write of the reading; the earlier ones must be undone."""
    waiting = make_run(keeper=cast.city, user=cast.chi, text=TEXT, is_read=False)

    def break_down(*args, **kwargs):
        raise ArithmeticError

    with monkeypatch.context() as planted:
        planted.setattr(registry, "relate", break_down)
        with nothing_changes(), pytest.raises(ArithmeticError):
            services.read_run(uid=waiting.uid, at=NOW)

    assert Candidate.objects.count() == Clause.objects.count() == 0
    assert services.read_run(uid=waiting.uid, at=NOW).state == "done"
    assert Candidate.objects.count() == 4


def test_the_progress_of_a_reading_adds_up(cast, run):
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi, run=run)
    services.reject_candidate(
        candidate_id=candidate.pk,
        reason="duplicate",
        user=cast.chi,
        client_key=candidate.uid,
        on=TODAY,
        at=NOW,
    )

    progress = selectors.progress_of([run.rendition.document])[run.rendition.document.pk]
    assert (progress.state, progress.proposals, progress.confirmed, progress.rejected) == (
        "done",
        4,
        0,
        1,
    )
    assert progress.undecided == 3
    totals = selectors.totals(seen_by=cast.chi.pk, on=TODAY)
    assert (totals.proposals, totals.rejected) == (4, 1)
    assert selectors.totals(seen_by=cast.khe.pk, on=TODAY).proposals == 0


def figures(cast, document):
    """Return the proposals of a document wherever they are counted; all should agree."""
    asked = {"seen_by": cast.chi.pk, "on": TODAY}
    progress = selectors.progress_of([document])[document.pk]
    shown = selectors.run_of(document=document)
    return {
        "desk": len(selectors.candidates_of(run=shown)),
        "progress": (progress.proposals, progress.undecided),
        "totals": (selectors.totals(**asked).proposals, selectors.totals(**asked).undecided),
        "waiting": selectors.waiting(**asked),
    }


def test_a_translation_that_repeats_the_proposals_is_not_counted(cast, run):
    document = run.rendition.document
    translated = submit_beside(
        cast, document, "1. Đến năm 2030, tỷ lệ lao động đạt 80%.\n", "translation"
    )

    assert translated.candidates.count() == 1
    assert selectors.run_of(document=document) == run
    assert figures(cast, document) == {
        "desk": 4,
        "progress": (4, 4),
        "totals": (4, 4),
        "waiting": (1, 4),
    }


def test_of_two_texts_only_the_proposals_that_the_desk_shows_are_counted(cast, run):
    """The earlier text has a decision and three open proposals; nobody is sent to them any more."""
    document = run.rendition.document
    services.reject_candidate(
        candidate_id=run.candidates.get(ordinal=1).pk,
        reason="duplicate",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    assert figures(cast, document)["waiting"] == (1, 3)

    later = submit_beside(
        cast,
        document,
        "1. Đến năm 2030, tỷ lệ thất nghiệp khu vực thành thị dưới 3%.\n",
        "original",
    )
    assert selectors.run_of(document=document) == run  # until somebody takes the later text
    take(cast, later, instead_of=run)

    assert selectors.run_of(document=document) == later
    assert figures(cast, document) == {
        "desk": 1,
        "progress": (1, 1),
        "totals": (1, 1),
        "waiting": (1, 1),
    }
    seen = documents.visible(seen_by=cast.chi.pk, on=TODAY)
    assert list(selectors.in_state(seen, "waiting")) == [document]


def test_what_waits_only_in_a_text_that_the_desk_does_not_show_waits_nowhere(cast, run):
    document = run.rendition.document
    later = submit_beside(cast, document, "Thông báo này không giao việc cho ai.\n", "original")
    take(cast, later, instead_of=run)

    assert figures(cast, document) == {
        "desk": 0,
        "progress": (0, 0),
        "totals": (0, 0),
        "waiting": (0, 0),
    }
    seen = documents.visible(seen_by=cast.chi.pk, on=TODAY)
    assert list(selectors.in_state(seen, "waiting")) == []


def take(cast, later, *, instead_of):
    """Let the text of a later reading be the one that counts."""
    registry.take_text(
        rendition=later.rendition,
        instead_of=instead_of.rendition.uid,
        reason="bản ký",
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


def submit_beside(cast, document, text, kind):
    """Add a text to a document and let it be read."""
    run = services.submit(
        submission=Submission(content=text.encode(), source_name="b.txt", kind=kind),
        keeper=cast.city,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
        rendition_of=document,
    )
    return services.read_run(uid=run.uid, at=NOW)


def test_who_does_not_see_the_document_does_not_see_its_candidates(cast, run):
    candidate = selectors.candidates_of(run=run)[0]

    asked = {"uid": candidate.uid, "on": TODAY}
    assert selectors.candidate_by_uid(seen_by=cast.thach.pk, **asked) == candidate
    assert selectors.candidate_by_uid(seen_by=cast.ha.pk, **asked) is None


def test_reading_defers_no_further_job(run):
    assert ProcrastinateJob.objects.filter(task_name=services.READ_JOB).count() == 1
