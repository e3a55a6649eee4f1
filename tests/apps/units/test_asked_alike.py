"""A question that was put into words for others is asked for the reader and the day at hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors.counts import _numbers, _numbers_and_beside
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.selectors.alike import _words, ask_alike
from lotrinh.apps.units.selectors.ended import ended_by
from lotrinh.rules.actions import Action
from lotrinh.web.frame import _counts
from tests.factories import READS, TODAY, make_officer, make_unit
from tests.web.test_pages_totals import everywhere

pytestmark = pytest.mark.django_db
DAYS = [date(2019, 6, 1), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=400)]


def codes(*, seen_by: int, on: date) -> "QuerySet[Unit, Any]":
    """Ask for the units that somebody reaches, with his own id and the day beside each."""
    reached = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    rows = Unit.objects.filter(pk__in=reached).order_by("pk")
    return rows.annotate(who=Value(seen_by), day=Value(on)).values_list("pk", "who", "day")


@pytest.mark.parametrize(
    ("is_page", "on"),
    [
        *((True, day) for day in DAYS),
        (False, TODAY),
        *(pytest.param(False, day, marks=pytest.mark.slow) for day in DAYS if day != TODAY),
    ],
)
def test_everybody_is_answered_as_if_he_were_asked_for_alone(cast, on, is_page):
    everywhere(cast)
    asked = [(codes, ()), (_numbers, ()), (_numbers_and_beside, ())]
    asked += [(_counts, ((cast.ho_sen.pk,), known)) for known in (False, True)]
    for user in cast.named_users().values():
        for question, given in asked:
            alone = list(question(*given, seen_by=user.pk, on=on))
            if is_page:
                with units.rights_asked_once():
                    alike = ask_alike(question, *given, user_id=user.pk, on=on)
            else:
                alike = ask_alike(question, *given, user_id=user.pk, on=on)
            assert sorted(alike) == sorted(alone), (user, question)


def test_two_officers_of_a_unit_share_the_words_and_see_what_is_theirs(cast):
    one, other = (make_officer(cast.ho_sen, actions=READS) for _ in range(2))
    ask_alike(codes, user_id=one.pk, on=TODAY)
    before = _words.cache_info()
    rows = ask_alike(codes, user_id=other.pk, on=TODAY)
    after = _words.cache_info()

    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)
    assert {(who, day) for _, who, day in rows} == {(other.pk, TODAY)}
    assert cast.ho_sen.pk in {pk for pk, _, _ in rows}


def test_the_words_change_with_what_is_reached(cast):
    officer = make_officer(cast.ho_sen, actions=READS)
    before = ask_alike(codes, user_id=officer.pk, on=TODAY)
    ward = make_unit(parent=cast.ho_sen)
    after = ask_alike(codes, user_id=officer.pk, on=TODAY)

    assert {pk for pk, _, _ in after} - {pk for pk, _, _ in before} == {ward.pk}
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert ask_alike(codes, user_id=officer.pk, on=TODAY) == []


def test_the_rights_are_read_each_time(cast):
    asked = {"user_id": cast.chi.pk, "on": TODAY}
    ask_alike(codes, **asked)
    with CaptureQueriesContext(connection) as queries:
        ask_alike(codes, **asked)
    said = [one["sql"] for one in queries.captured_queries]

    assert ["units_appointment" in sql for sql in said] == [True, False]


def test_a_question_may_not_hold_who_answers_for_whom(cast):
    def ended(*, seen_by: int, on: date) -> "QuerySet[Unit, Any]":
        return Unit.objects.filter(pk__in=ended_by(on=on)).values_list("pk")

    with pytest.raises(RuntimeError, match="must be given who answers"):
        ask_alike(ended, user_id=cast.chi.pk, on=TODAY)


def test_what_a_page_has_learnt_is_not_asked_again(cast):
    everywhere(cast)
    with units.rights_asked_once():
        assert duties.open_known(seen_by=cast.thach.pk, on=TODAY) is None
        counted = duties.counts(seen_by=cast.thach.pk, on=TODAY)
        known = duties.open_known(seen_by=cast.thach.pk, on=TODAY)
        assert duties.open_known(seen_by=cast.ha.pk, on=TODAY) is None
    asked = duties.open_seen(seen_by=cast.thach.pk, on=TODAY).values_list("n", flat=True).get()
    opened = [n for one, n in counted.by_standing.items() if one.value.startswith("open")]

    assert known == asked == sum(opened) > 0
    with units.rights_asked_once():
        duties.board(seen_by=cast.thach.pk, on=TODAY)
        assert duties.open_known(seen_by=cast.thach.pk, on=TODAY) == known
    assert duties.open_known(seen_by=cast.thach.pk, on=TODAY) is None


def marked(*, seen_by: int, on: date) -> "QuerySet[Unit, Any]":
    """Ask with values that hold what places in a statement are written with."""
    said = Unit.objects.filter(pk__in=units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on))
    texts = {"a": Value("100% %s %(day)s '$1'"), "b": Value(seen_by), "c": Value(-2)}
    return said.order_by("pk").annotate(**texts).values_list("a", "b", "c")[:1]


def test_what_is_put_into_the_words_is_put_there_as_it_is(cast):
    for user in (cast.chi, cast.ha):
        rows = ask_alike(marked, user_id=user.pk, on=TODAY)
        assert rows == [("100% %s %(day)s '$1'", user.pk, -2)]


def times_planned_before() -> int:
    """Return how often statements like ``codes`` were run by a plan that was kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(SUM(generic_plans + custom_plans), 0) FROM pg_prepared_statements"
            " WHERE statement LIKE %s",
            ['%units_unit%AS "who"%'],
        )
        return int(cursor.fetchone()[0])


def test_the_database_keeps_the_plan_for_all_who_have_the_same_rights(cast):
    officers = [make_officer(cast.ho_sen, actions=READS) for _ in range(3)]
    for _ in range(2):
        ask_alike(codes, user_id=officers[0].pk, on=TODAY)
    before = times_planned_before()
    asked = [(officer.pk, on) for officer in officers for on in DAYS[1:]]
    found = [ask_alike(codes, user_id=pk, on=on) for pk, on in asked]

    assert [{(who, day) for _, who, day in rows} for rows in found] == [{one} for one in asked]
    assert times_planned_before() - before == len(asked)
