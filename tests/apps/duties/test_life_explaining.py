"""An explanation is a duty of its own: asked for by the creditor, answered by its claim."""

from datetime import date

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.models import Entry
from tests.architecture.life_scenarios import explain, issued
from tests.factories import TODAY, act, key, make_duty
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_it_is_owed_by_the_same_and_binds_at_once(cast):
    duty = issued(cast)

    asked = Duty.objects.get(pk=explain(duty, cast.thach).pk)

    assert (asked.kind, asked.superior, asked.state) == ("explanation", duty, "issued")
    assert (asked.unit, asked.person, asked.owed_to) == (duty.unit, duty.person, duty.owed_to)
    assert (asked.due, asked.issued_on) == (date(2024, 8, 15), TODAY)
    spans = [
        list(one.sources.values_list("rendition", "clause", "start", "end"))
        for one in (duty, asked)
    ]
    assert spans[0] == spans[1] != []
    assert Entry.objects.filter(verb="duty.explanation_asked", object_uid=duty.uid).count() == 1
    assert selectors.under(duty=duty, most=3, seen_by=cast.ha.pk, on=TODAY) == ((asked,), ())
    assert selectors.superior_of(duty=asked, seen_by=cast.ha.pk, on=TODAY) == duty


def test_the_same_key_again_is_the_same_request(cast):
    duty, sent = issued(cast), key()
    first = explain(duty, cast.thach, client_key=sent)

    with nothing_changes():
        assert explain(duty, cast.thach, client_key=sent) == first


@pytest.mark.parametrize(
    ("by", "words", "refused"),
    [
        ("ha", {}, services.NotAllowed),
        ("khe", {}, services.NotAllowed),
        ("nghiem", {}, services.NotAllowed),
        ("thach", {"note": " "}, services.NoReason),
        ("thach", {"due": date(2024, 8, 6)}, services.DeadlineNotLater),
        ("thach", {"deliverable": ""}, services.DutyNotClear),
    ],
)
def test_who_may_not_ask_and_what_says_too_little(cast, by, words, refused):
    duty = issued(cast)

    with nothing_changes(), pytest.raises(refused):
        explain(duty, getattr(cast, by), **words)


def test_nothing_is_explained_that_does_not_bind(cast):
    with pytest.raises(services.StepNotOpen):
        explain(make_duty(owed_to=cast.city, user=cast.chi), cast.thach)


def test_its_answer_is_its_claim_and_somebody_else_judges_it(cast):
    asked = explain(issued(cast), cast.thach)
    answer = act(cast.ha, 2, note="Chờ số liệu thuế")

    answered = services.claim_duty(duty_id=asked.pk, act=answer)
    services.verify_duty(duty_id=asked.pk, act=act(cast.thach, answered.version))

    assert Duty.objects.get(pk=asked.pk).state == "done"


def test_every_kind_of_duty_has_a_name_in_both_languages():
    codes = ("task", "own_programme", "period_report", "explanation", "remedy", "answer")
    kinds = [selectors.kind_on(code, on=TODAY) for code in codes]

    assert [kind.code for kind in kinds] == list(codes)
    assert all(kind.name_vi and kind.name_en for kind in kinds)
    assert selectors.kind_on("unknown", on=TODAY) is None
