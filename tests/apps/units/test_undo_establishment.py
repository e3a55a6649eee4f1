"""An establishment that is undone leaves nothing to be found, and frees the code."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Appointment, Post, Unit, UnitCode, UnitName
from lotrinh.rules.placement import LaterChangeKnown
from tests.factories import NOW, TODAY, appoint, make_person, make_post, make_tree, place

pytestmark = pytest.mark.django_db

SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=20)


def establish(cast, name="Phường Mới"):
    change = services.establish_unit(
        code="phuong-moi",
        kind="commune",
        name_vi=name,
        name_en="Moi Ward",
        tree=make_tree(),
        parent=cast.ho_sen,
        day=SOON,
        legal_basis="Nghị quyết số 1",
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    return change, Unit.objects.get(code="phuong-moi")


def undo(cast, change):
    return services.undo_change(change=change, user=cast.chi, on=TODAY, at=NOW)


def sheet_codes():
    return {row[0] for row in selectors.unit_sheet_rows(language="vi")}


def test_the_unit_is_not_found_or_listed_any_more(cast):
    before = sheet_codes()
    change, unit = establish(cast)
    services.number_unit(unit=unit, system="gso", code="00123", actor=cast.chi.named, at=NOW)
    assert selectors.units_found("phuong moi") != ()
    assert sheet_codes() == {*before, "phuong-moi"}

    undo(cast, change)

    assert selectors.units_found("phuong moi") == ()
    assert selectors.units_found("00123") == ()
    assert selectors.unit_named("Phường Mới", on=SOON) is None
    assert selectors.unit_by_code("phuong-moi") is None
    assert sheet_codes() == before
    assert unit.pk not in {placed.id for placed in selectors.tree_on(on=SOON)}
    assert not UnitName.objects.filter(unit=unit).exists()
    assert not UnitCode.objects.filter(unit=unit).exists()


def test_its_code_is_free_again_and_the_two_stay_apart(cast):
    first, unit = establish(cast)
    undo(cast, first)

    second, again = establish(cast, name="Phường Mới Hai")

    assert unit.pk != again.pk
    assert selectors.unit_by_code("phuong-moi") == again
    undo(cast, second)
    third, _ = establish(cast, name="Phường Mới Ba")
    assert len({first.pk, second.pk, third.pk}) == 3


def test_its_page_can_say_what_happened(cast):
    change, unit = establish(cast)
    assert selectors.establishment_undone(unit_id=unit.pk) is None

    undo(cast, change)

    assert selectors.establishment_undone(unit_id=unit.pk) == change
    assert selectors.unit_by_uid(unit.uid).name_vi == "Phường Mới"
    assert list(change.units.all()) == [unit]


def test_who_was_to_serve_there_is_taken_back_and_that_is_recorded(cast):
    change, unit = establish(cast)
    held = appoint(make_person("Lý Mới"), make_post(unit), since=SOON)
    services.delegate(
        lender=held,
        person=make_person("Lý Mượn"),
        since=SOON,
        until=LATER,
        actor=cast.chi.named,
        at=NOW,
    )

    undo(cast, change)

    assert not Appointment.objects.filter(post__unit=unit).exists()
    assert not Post.objects.filter(unit=unit).exists()
    assert Entry.objects.filter(verb="person.withdrawn", unit_uid=unit.uid).count() == 2


def test_a_unit_that_stands_in_another_tree_is_not_forgotten(cast):
    change, unit = establish(cast)
    place(unit, parent=cast.election_board, since=SOON, tree="elections")

    with pytest.raises(LaterChangeKnown):
        undo(cast, change)

    assert selectors.unit_by_code("phuong-moi") == unit


def test_an_appointment_that_has_not_begun_is_taken_back_whole(cast):
    held = appoint(make_person("Lý Mới"), make_post(cast.sen_tay), since=SOON)
    given = {"appointment": held, "user": cast.chi, "on": TODAY, "at": NOW}

    for _ in range(2):
        services.release_holder(until=SOON, **given)

    assert not Appointment.objects.filter(pk=held.pk).exists()
    assert Entry.objects.filter(verb="person.withdrawn").count() == 1


def test_one_that_has_begun_ends_no_earlier_than_it_began(cast):
    held = appoint(make_person("Lý Mới"), make_post(cast.sen_tay), since=date(2024, 8, 1))

    with pytest.raises(services.EndsBeforeItBegins):
        services.release_holder(
            appointment=held, until=date(2024, 8, 1), user=cast.chi, on=TODAY, at=NOW
        )
