"""The working calendar: entered by who defines roles, put right by withdrawing, counted at once."""

from datetime import date

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import CalendarDay
from lotrinh.apps.duties.reference import FIRST_YEAR, LAST_YEAR, known_days, load_calendar
from lotrinh.apps.duties.services import Said
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.working_days import DayKind
from tests.factories import NOW, TODAY, key
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

TET = Said(date(2025, 1, 28), DayKind.HOLIDAY, "Tết Nguyên đán", "Tết", "Thông báo 1")
SWAPPED = Said(date(2025, 4, 26), DayKind.WORKED, "Làm bù 2/5", "For 2 May", "Thông báo 1")


def enter(*days, user, client_key=None):
    return services.enter_days(days=days, user=user, client_key=client_key, on=TODAY, at=NOW)


def test_what_is_entered_counts(cast):
    assert enter(TET, SWAPPED, user=cast.chi) == 2

    calendar = selectors.working_days()
    assert calendar.after(date(2025, 1, 27), 1) == date(2025, 1, 29)
    assert calendar.works_on(date(2025, 4, 26))
    assert [row.day for row in selectors.days_entered(year=2025)] == [TET.day, SWAPPED.day]
    assert selectors.days_entered(year=2024) == ()
    assert selectors.years_entered() == (2025,)
    verbs = Entry.objects.filter(verb="calendar_day.entered").count()
    assert verbs == 2


def test_entering_the_same_again_changes_nothing(cast):
    enter(TET, user=cast.chi)

    with nothing_changes():
        assert enter(TET, user=cast.chi) == 0


def test_the_same_form_sent_twice_enters_once_even_after_it_was_withdrawn(cast):
    sent = key()
    enter(TET, user=cast.chi, client_key=sent)
    (row,) = selectors.days_entered(year=2025)
    services.withdraw_day(day=row, user=cast.chi, on=TODAY, at=NOW)

    with nothing_changes():
        assert enter(TET, user=cast.chi, client_key=sent) == 0


def test_another_meaning_for_a_day_is_refused_with_all_that_came_with_it(cast):
    enter(TET, user=cast.chi)
    other = Said(TET.day, DayKind.HOLIDAY, "Tết Ất Tỵ", "Tết", "")

    with nothing_changes(), pytest.raises(services.DayTaken) as refused:
        enter(SWAPPED, other, user=cast.chi)
    assert refused.value.held.name_vi == "Tết Nguyên đán"


def test_a_week_day_is_not_worked_instead(cast):
    said = Said(date(2025, 4, 25), DayKind.WORKED, "Làm bù", "Worked", "")

    with nothing_changes(), pytest.raises(services.NoDayOff):
        enter(said, user=cast.chi)


def test_a_day_is_withdrawn_once_and_may_be_entered_anew(cast):
    enter(TET, user=cast.chi)
    (row,) = selectors.days_entered(year=2025)
    services.withdraw_day(day=row, user=cast.chi, on=TODAY, at=NOW)

    assert selectors.days_entered(year=2025) == ()
    with nothing_changes():
        services.withdraw_day(day=row, user=cast.chi, on=TODAY, at=NOW)
    assert enter(TET, user=cast.chi) == 1
    assert CalendarDay.objects.filter(day=TET.day).count() == 2


@pytest.mark.parametrize("member", ["thach", "ha", "nghiem", "an"])
def test_who_does_not_define_roles_may_not(cast, member):
    enter(TET, user=cast.chi)
    (row,) = selectors.days_entered(year=2025)
    user = getattr(cast, member)

    with nothing_changes(), pytest.raises(services.NotAllowed):
        enter(SWAPPED, user=user)
    with nothing_changes(), pytest.raises(services.NotAllowed):
        services.withdraw_day(day=row, user=user, on=TODAY, at=NOW)


def test_an_installation_begins_with_tet_and_with_what_was_swapped(db):
    assert load_calendar(actor=SYSTEM, at=NOW) > 50
    assert load_calendar(actor=SYSTEM, at=NOW) == 0

    found = {row.day: (row.kind, row.name_vi) for row in selectors.days_entered(year=2024)}
    assert found[date(2024, 2, 10)] == (DayKind.HOLIDAY, "Tết Nguyên Đán")
    assert found[date(2024, 5, 4)] == (DayKind.WORKED, "Ngày làm bù")
    assert found[date(2024, 9, 3)] == (DayKind.HOLIDAY, "Quốc khánh")
    calendar = selectors.working_days()
    assert calendar.after(date(2024, 2, 7), 1) == date(2024, 2, 15)
    assert calendar.works_on(date(2024, 5, 4)) and not calendar.works_on(date(2024, 4, 29))
    assert selectors.years_entered() == (2023, 2024, 2025, 2026, 2027)


def test_no_name_of_a_day_holds_the_date_of_another_one():
    days = [said for year in range(FIRST_YEAR, LAST_YEAR + 1) for said in known_days(year)]

    assert not [said for said in days if "/20" in said.name_vi + said.name_en]
    (swapped,) = (said for said in days if said.day == date(2024, 4, 29))
    assert swapped.name_vi == "Nghỉ hoán đổi"
