"""A text read again by newer rules is compared; nothing decided changes without a person."""

from datetime import date
from decimal import Decimal

import pytest

from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import selectors, services
from lotrinh.apps.intake.models import Candidate, Decision, ReadingRun, SettledDifference
from lotrinh.apps.intake.services import Taken
from lotrinh.apps.targets.models import Target
from lotrinh.apps.targets.selectors import said
from lotrinh.reading import rules_now
from lotrinh.rules.actions import Action
from tests.factories import (
    NOW,
    READS,
    TEXT,
    TODAY,
    a_promise,
    act,
    an_assignment,
    appoint,
    key,
    make_person,
    make_post,
    make_role,
    make_run,
    make_user,
)
from tests.readings import hand_in, read_again_now, read_by_older_rules
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
ON = {"on": TODAY, "at": NOW}


def older_rules(said):
    """What rules of the past made of TEXT: another day, no second target, one task cut short."""
    fields = said["fields"]
    if fields.get("due") == "2024-09-30":
        return {**said, "fields": {**fields, "due": "2024-09"}}
    if fields.get("metric") == "tỷ lệ lao động qua đào tạo":
        return None
    if fields.get("metric") == "tỷ lệ thất nghiệp khu vực thành thị":
        return {**said, "fields": {**fields, "value": 4}}
    return said


@pytest.fixture
def run(cast):
    return read_by_older_rules(keeper=cast.city, user=cast.chi, older=older_rules)


def differences(run):
    return selectors.asked_of_readings(run, selectors.rereading_of(run))


def settle(row, user, *names, words=None, shown="", turn=0, client_key=None):
    return services.settle_difference(
        older_id=row.older.pk if row.older else None,
        newer_id=row.newer.pk if row.newer else None,
        taken=Taken(names, words, shown, turn),
        user=user,
        client_key=client_key or key(),
        **ON,
    )


def make_decider(cast):
    """Return another account that decides what the city keeps."""
    user = make_user("chuyen-vien")
    role = make_role("tham_muu", actions=(*READS, Action.DECIDE_CANDIDATE))
    appoint(
        make_person("Lê Văn Hai", user=user), make_post(cast.office, role=role, scope=cast.city)
    )
    return user


def of(found, kind):
    return next(row for row in found.changed if row.older.kind == kind)


def first(run, kind):
    return run.candidates.filter(kind=kind).order_by("start").first()


def confirm(candidate, user, **given):
    return services.confirm_task(
        candidate_id=candidate.pk,
        assignment=given.pop("assignment", an_assignment()),
        user=user,
        client_key=key(),
        **given,
        **ON,
    )


def test_the_newer_reading_stands_beside_and_the_desk_stays(cast, run):
    newer = read_again_now(run, cast.chi)

    assert (newer.rereads, newer.state, selectors.by_rules(newer)) == (run, "done", rules_now())
    assert selectors.run_of(document=run.rendition.document) == run
    assert selectors.totals(seen_by=cast.chi.pk, on=TODAY).proposals == 3
    assert (
        selectors.candidate_by_uid(newer.candidates.first().uid, seen_by=cast.chi.pk, on=TODAY)
        is None
    )


def test_each_difference_is_said_field_by_field(cast, run):
    read_again_now(run, cast.chi)
    found = differences(run)

    assert [row.fields for row in found.changed] == [
        {"value": (4, 3)},
        {"due": ("2024-09", "2024-09-30")},
    ]
    assert [row.newer.fields["metric"] for row in found.new] == ["tỷ lệ lao động qua đào tạo"]
    assert (found.gone, found.unchanged) == ((), 1)


def test_a_reading_by_the_rules_of_today_is_not_read_again(cast):
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)

    assert not selectors.is_outdated(run, None)
    with nothing_changes(), pytest.raises(services.NothingNewer):
        services.reread(run_id=run.pk, user=cast.chi, client_key=key(), **ON)


def test_reading_again_twice_changes_nothing(cast, run):
    read_again_now(run, cast.chi)
    with nothing_changes(), pytest.raises(services.NothingNewer):
        services.reread(run_id=run.pk, user=cast.chi, client_key=key(), **ON)


def test_one_that_is_on_its_way_is_not_queued_twice(cast, run):
    newer = services.reread(run_id=run.pk, user=cast.chi, client_key=key(), **ON)
    with nothing_changes():
        again = services.reread(run_id=run.pk, user=cast.chi, client_key=key(), **ON)
    assert again == newer


def test_who_may_not_decide_does_not_let_it_read_again(cast, run):
    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.reread(run_id=run.pk, user=cast.thach, client_key=key(), **ON)


def test_an_unchanged_text_by_rules_that_say_the_same_is_unchanged_throughout(cast):
    run = read_by_older_rules(keeper=cast.city, user=cast.chi)
    read_again_now(run, cast.chi)
    found = differences(run)

    assert (found.all, found.unchanged) == ((), 4)


def test_a_proposal_that_waits_is_replaced_by_what_was_taken(cast, run):
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")

    settle(row, cast.chi, "due")

    standing = [one for one in selectors.standing(run) if one.kind == "task"]
    assert [(one.origin, one.fields["due"]) for one in standing] == [
        ("reread", "2024-09-30"),
        ("read", "2024-Q4"),
    ]
    replaced = Candidate.objects.get(pk=row.older.pk)
    assert selectors.decision_of(replaced).verdict == Decision.Verdict.REPLACED
    assert [each.fields for each in differences(run).changed] == [{"value": (4, 3)}]


def test_what_is_left_stays_and_is_not_asked_again_by_the_next_reading(cast, run):
    newer = read_again_now(run, cast.chi)
    settle(of(differences(run), "task"), cast.chi)
    ReadingRun.objects.filter(pk=newer.pk).update(engine_version="2")
    read_again_now(run, cast.chi)

    assert [row.fields for row in differences(run).changed] == [{"value": (4, 3)}]
    assert first(run, "task").fields["due"] == "2024-09"


def test_a_draft_takes_the_field_that_is_taken(cast, run):
    task = first(run, "task")
    duty = confirm(task, cast.chi)
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")
    words = an_assignment()

    settle(
        row,
        cast.chi,
        "due",
        words=type(words)(title=words.title, language="vi", due=date(2024, 9, 30)),
        shown=str(duty.version),
        turn=1,
    )

    duty.refresh_from_db()
    assert (duty.due, duty.version, duty.state) == (date(2024, 9, 30), 2, "draft")
    assert selectors.decision_of(task).duty == duty
    settled = SettledDifference.objects.get()
    assert (settled.fields, settled.taken) == ({"due": ["2024-09", "2024-09-30"]}, ["due"])


def test_a_draft_that_changed_meanwhile_is_left_as_it_is(cast, run):
    duty = confirm(first(run, "task"), cast.chi)
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")

    with nothing_changes(), pytest.raises(duties.DutyChangedMeanwhile):
        settle(row, cast.chi, "due", words=an_assignment(), shown=str(duty.version + 1), turn=1)


def test_a_duty_that_binds_is_never_touched(cast, run):
    officer = cast.person(cast.ha)
    duty = confirm(first(run, "task"), cast.chi, assignment=an_assignment(cast.ho_sen, officer))
    duties.issue_duty(duty_id=duty.pk, act=act(cast.chi, duty.version))
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")

    with nothing_changes(), pytest.raises(services.DutyIssued):
        settle(row, cast.chi, "due", words=an_assignment(), shown="2", turn=1)


def test_a_draft_target_takes_the_level_and_keeps_its_passage(cast, run):
    candidate = first(run, "target")
    target = services.confirm_target(
        candidate_id=candidate.pk, promise=a_promise(), user=cast.chi, client_key=key(), **ON
    )
    read_again_now(run, cast.chi)
    row = of(differences(run), "target")
    promise = a_promise()
    shown = said(target)

    settle(
        row,
        cast.chi,
        "value",
        words=type(promise)(
            measure=promise.measure, language="vi", comparator="<", value=Decimal(5)
        ),
        shown=shown,
        turn=1,
    )

    target = Target.objects.get(pk=target.pk)
    assert (target.value, target.due, target.sources.count()) == (5, None, 1)
    assert Duty.objects.count() == 0


def test_what_is_new_becomes_a_proposal_to_decide(cast, run):
    read_again_now(run, cast.chi)
    (row,) = differences(run).new

    settle(row, cast.chi, "words")

    added = Candidate.objects.get(run=run, origin="reread")
    assert (added.start, added.end, added.fields) == (
        row.newer.start,
        row.newer.end,
        row.newer.fields,
    )
    assert differences(run).new == ()


def test_what_is_no_longer_found_is_listed_until_somebody_looked(cast):
    run = read_by_older_rules(keeper=cast.city, user=cast.chi)
    Candidate.objects.create(
        run=run, ordinal=9, kind="task", start=0, end=5, rule="older", confidence=0.9, fields={}
    )
    read_again_now(run, cast.chi)
    (row,) = differences(run).gone

    settle(row, cast.chi)

    assert differences(run).all == ()
    assert len(selectors.standing(run)) == 5


def test_two_people_settle_one_difference_once(cast, run):
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")
    settle(row, cast.chi)

    with nothing_changes(), pytest.raises(services.AlreadySettled):
        settle(row, cast.chi, "due")


def test_the_same_form_again_changes_nothing(cast, run):
    read_again_now(run, cast.chi)
    row, once = of(differences(run), "task"), key()
    settled = settle(row, cast.chi, "due", client_key=once)

    with nothing_changes():
        assert settle(row, cast.chi, "due", client_key=once) == settled


def test_a_proposal_decided_meanwhile_is_told(cast, run):
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")
    confirm(first(run, "task"), cast.chi)

    with nothing_changes(), pytest.raises(services.AlreadyDecided):
        settle(row, cast.chi, "due", words=an_assignment(), shown="1", turn=0)


def undo(candidate, user):
    return services.reopen_candidate(
        candidate_id=candidate.pk,
        turn=selectors.turn_of(Candidate.objects.get(pk=candidate.pk)),
        user=user,
        client_key=key(),
        **ON,
    )


def test_what_was_taken_and_undone_is_asked_and_taken_again(cast, run):
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")
    once = key()
    settle(row, cast.chi, "due", client_key=once)

    undo(row.older, cast.chi)

    asked = of(differences(run), "task")
    assert (asked.older, asked.newer, asked.fields) == (row.older, row.newer, row.fields)
    with nothing_changes():
        settle(row, cast.chi, "due", client_key=once)  # what was sent before is not sent again
    settle(asked, cast.chi, "due", turn=2)
    standing = [one.fields["due"] for one in selectors.standing(run) if one.kind == "task"]
    assert standing == ["2024-09-30", "2024-Q4"]
    assert [each.fields for each in differences(run).changed] == [{"value": (4, 3)}]
    turns = SettledDifference.objects.order_by("turn").values_list("turn", "taken", "is_reopened")
    assert list(turns) == [(1, ["due"], False), (2, [], True), (3, ["due"], False)]


def test_taken_again_by_one_the_second_is_told(cast, run):
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")
    settle(row, cast.chi, "due")
    undo(row.older, cast.chi)
    settle(row, cast.chi, "due", turn=2)

    with nothing_changes(), pytest.raises(services.AlreadySettled) as told:
        settle(row, cast.chi, turn=2)
    assert told.value.settled.turn == 3


def test_a_draft_that_took_a_field_and_was_undone_is_asked_again(cast, run):
    duty = confirm(first(run, "task"), cast.chi)
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")
    settle(row, cast.chi, "due", words=an_assignment(), shown=str(duty.version), turn=1)
    assert [each.fields for each in differences(run).changed] == [{"value": (4, 3)}]

    undo(row.older, cast.chi)

    assert of(differences(run), "task").fields == {"due": ("2024-09", "2024-09-30")}


def test_what_was_left_stays_left_when_the_proposal_is_opened_again(cast, run):
    task = first(run, "task")
    confirm(task, cast.chi)
    read_again_now(run, cast.chi)
    settle(of(differences(run), "task"), cast.chi, turn=1)

    undo(task, cast.chi)

    assert [each.fields for each in differences(run).changed] == [{"value": (4, 3)}]


def test_what_two_people_typed_stands_beside_what_was_taken_and_comes_back(cast, run):
    read_again_now(run, cast.chi)
    row = of(differences(run), "task")
    other = make_decider(cast)
    for user, title in ((cast.chi, "Đào tạo"), (other, "Đào tạo lại")):
        services.keep_typed(candidate_id=row.older.pk, values={"title": title}, user=user, **ON)

    settle(row, cast.chi, "due")

    made = Candidate.objects.get(run=run, origin="reread")
    assert selectors.typed_words(run=run, user_id=cast.chi.pk) == {made.pk: {"title": "Đào tạo"}}
    assert selectors.typed_words(run=run, user_id=other.pk) == {made.pk: {"title": "Đào tạo lại"}}

    services.keep_typed(candidate_id=made.pk, values={"title": "Bồi dưỡng"}, user=cast.chi, **ON)
    undo(row.older, cast.chi)

    typed = {row.older.pk: {"title": "Bồi dưỡng"}}
    assert selectors.typed_words(run=run, user_id=cast.chi.pk) == typed
    assert selectors.typed_words(run=run, user_id=other.pk) == {
        row.older.pk: {"title": "Đào tạo lại"}
    }


def test_two_proposals_that_are_not_compared_are_refused(cast, run):
    other = make_run(keeper=cast.city, user=cast.chi)
    read_again_now(run, cast.chi)
    with nothing_changes(), pytest.raises(services.NotADifference):
        services.settle_difference(
            older_id=first(run, "task").pk,
            newer_id=first(other, "task").pk,
            taken=Taken(),
            user=cast.chi,
            client_key=key(),
            **ON,
        )


def test_nothing_is_taken_for_the_text_that_was_left(cast, run):
    read_again_now(run, cast.chi)
    found = differences(run)
    signed = hand_in(TEXT.replace("80%", "85%"), keeper=cast.city, user=cast.chi)
    services.take_text(
        rendition=signed.rendition,
        instead_of=run.rendition.uid,
        reason="bản ký",
        user=cast.chi,
        client_key=key(),
        **ON,
    )
    for row in (of(found, "task"), found.new[0]):
        with nothing_changes(), pytest.raises(services.AnotherTextCounts):
            settle(row, cast.chi, "due")
