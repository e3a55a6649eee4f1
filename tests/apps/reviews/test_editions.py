"""An edition is what was frozen: later corrections and reorganisations change nothing of it."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.reviews import selectors, services
from lotrinh.apps.reviews.models import Edition
from lotrinh.apps.reviews.services import Frame
from lotrinh.rules.reviewing.numbers import digest, recounted
from tests.factories import NOW, TODAY, key
from tests.ledgers import approve, correct, fold, told
from tests.reports import make_group, make_regime, open_month
from tests.reviewing import freeze, make_review, tell, write


@pytest.fixture
def edition(review, cast):
    return freeze(review, user=cast.thach)


def frozen(edition):
    return {one["n"]: one for one in json.loads(edition.numbers)["numbers"]}


def test_each_number_is_kept_with_the_figures_that_made_it(edition, cast):
    numbers = frozen(edition)

    (term,) = numbers[4]["terms"]
    assert [(row["unit_name"], row["value"]) for row in term["rows"]] == [
        (cast.sen_tay.name_vi, "700.000000"),
        (cast.dong_gao.name_vi, "560.000000"),
    ]
    assert (numbers[4]["text"], numbers[4]["exact"]) == ("1.260 hộ", "1260")
    assert (numbers[6]["text"], numbers[6]["exact"]) == ("bằng 126% kế hoạch năm", "126")
    (share,) = numbers[8]["terms"]
    assert [(row["numerator"], row["denominator"]) for row in share["rows"]] == [
        ("18.000000", "24.000000"),
        ("30.000000", "36.000000"),
    ]
    assert recounted(json.loads(edition.numbers)) == ()


def test_a_total_of_fewer_units_than_owe_it_says_of_how_many_it_is(paper, families, july, cast):
    make_group(cast.ho_sen, cast.dong_gao, cast.sen_tay)
    regime = make_regime(owed_to=cast.city, measures=[families.measure], user=cast.chi)
    open_month(regime, user=cast.chi)
    told = {cast.sen_tay: 700, cast.dong_gao: 560}
    tell(families, told, period=july, entered_by=cast.chi, user=cast.thach)
    review = make_review(paper, unit=cast.city, period=july, user=cast.chi)

    edition = freeze(review, user=cast.thach)

    said = frozen(edition)[4]
    assert (said["text"], said["coverage"]) == ("1.260 hộ", "mới có số liệu của 2/3 đơn vị")
    runs = [
        run["text"] for block in json.loads(edition.words)["body"] for run in block.get("runs", ())
    ]
    assert runs[runs.index("1.260 hộ") + 1].startswith(" (mới có số liệu của 2/3 đơn vị)")


def test_what_is_said_of_a_target_in_one_line_says_once_what_is_missing(
    paper, families, july, cast
):
    make_group(cast.ho_sen, cast.dong_gao, cast.sen_tay)
    regime = make_regime(owed_to=cast.city, measures=[families.measure], user=cast.chi)
    open_month(regime, user=cast.chi)
    told = {cast.sen_tay: 700, cast.dong_gao: 560}
    tell(families, told, period=july, entered_by=cast.chi, user=cast.thach)
    review = make_review(paper, unit=cast.city, period=july, user=cast.chi)

    live = selectors.live_numbers(selectors.held_by(review, seen_by=cast.chi.pk, on=TODAY))
    (line,) = selectors.paragraphs_of("Đạt [#4], [#6].", live, selectors.Doors(), (), "vi")
    (alone,) = selectors.paragraphs_of("Riêng [#6].", live, selectors.Doors(), (), "vi")

    missing = " (mới có số liệu của 2/3 đơn vị)"
    assert "".join(run.text for run in line.runs) == (
        f"Đạt 1.260 hộ{missing}, bằng 126% kế hoạch năm."
    )
    assert "".join(run.text for run in alone.runs) == f"Riêng bằng 126% kế hoạch năm{missing}."


def test_a_correction_changes_nothing_of_it_and_makes_the_next_one(edition, review, cast):
    figure = Figure.objects.get(unit=cast.sen_tay, value=Decimal(700))
    correct(figure, told(figure.measure, 600), entered_by=cast.chi, user=cast.thach)
    fold()

    proof = selectors.recount_edition(edition)
    assert proof.holds
    assert proof.restated == (str(figure.uid),)
    assert frozen(edition)[4]["text"] == "1.260 hộ"

    later = freeze(review, user=cast.thach, reason="Sen Tây đính chính số hộ.")
    assert (later.ordinal, frozen(later)[4]["text"]) == (2, "1.160 hộ")
    assert {one["n"]: (one["before"], one["after"]) for one in json.loads(later.changes)} == {
        4: ("1.260 hộ", "1.160 hộ"),
        6: ("bằng 126% kế hoạch năm", "bằng 116% kế hoạch năm"),
    }
    assert selectors.later_edition(edition) == later
    edition.refresh_from_db()
    assert selectors.recount_edition(edition).holds


def test_another_edition_says_why_and_says_something_else(edition, review, cast):
    with pytest.raises(services.NoReason):
        freeze(review, user=cast.thach)
    with pytest.raises(services.NothingChanged):
        freeze(review, user=cast.thach, reason="In lại.")

    write(selectors.sections_of(review=review)[5], "Thiếu người.", user=cast.chi)
    later = freeze(review, user=cast.thach, reason="Nêu nguyên nhân.")

    assert json.loads(later.changes) == [{"part": "2. Nguyên nhân"}]


def test_freezing_twice_makes_one_edition(review, cast):
    sent = key()

    assert freeze(review, user=cast.thach, client_key=sent) == freeze(
        review, user=cast.thach, client_key=sent
    )
    assert Edition.objects.count() == 1


def test_nothing_is_frozen_while_something_is_still_to_be_counted(review, families, july, cast):
    approve(
        cast.ho_sen,
        [told(families.measure, 40)],
        period=july,
        entered_by=cast.chi,
        user=cast.thach,
    )

    with pytest.raises(selectors.NumbersWait) as refused:
        freeze(review, user=cast.thach)

    assert refused.value.numbers == (4, 6)
    fold()
    assert frozen(freeze(review, user=cast.thach))[4]["exact"] == "1300"


def test_who_may_not_freeze_freezes_nothing(review, cast):
    with pytest.raises(services.NotAllowed):
        freeze(review, user=cast.mai)

    assert not Edition.objects.exists()


def test_the_database_refuses_to_change_an_edition(edition):
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_edition SET numbers = '{}' WHERE id = %s", [edition.pk])


def test_numbers_that_were_tampered_with_are_found(edition):
    edition.numbers = edition.numbers.replace('"700.000000"', '"701.000000"')

    proof = selectors.recount_edition(edition)

    assert not proof.holds
    assert proof.broken == ("numbers", "journal")
    assert len(proof.strangers) == 1


def test_what_somebody_made_unreadable_is_told_and_read_as_nothing(edition, review):
    for numbers, changes in (
        ("<b>", "{"),
        ("[]", "[1]"),
        ("null", "null"),
        ('{"numbers":[{}]}', '[{"name":"x"}]'),
    ):
        edition.numbers, edition.changes = numbers, changes

        proof = selectors.recount_edition(edition)

        assert "numbers" in proof.broken and not proof.holds, numbers
        assert selectors.frozen_numbers(edition) == selectors.listed_changes(edition) == ()
    live = selectors.live_numbers(selectors.held_by(review, seen_by=review.begun_by_id, on=TODAY))
    assert selectors.moved_since(edition, live) == frozenset(live)


def test_rows_that_do_not_make_their_number_are_found(edition):
    numbers = json.loads(edition.numbers)
    row = numbers["numbers"][3]["terms"][0]["rows"][0]
    row["amounts"] = ["701"]

    (found,) = recounted(numbers)

    assert (found.n, found.frozen, found.counted) == (4, "1260", "1261")


def test_its_files_are_those_that_were_frozen(edition):
    assert selectors.recount_edition(edition).broken == ()
    assert edition.pdf.size > 10_000
    assert edition.docx.size > 5_000


def test_a_reader_of_another_place_does_not_see_it(edition, cast):
    assert selectors.edition_by_uid(edition.uid, seen_by=cast.mai.pk, on=TODAY) is None
    assert selectors.edition_by_uid(edition.uid, seen_by=cast.thach.pk, on=TODAY) == edition


def test_a_forgery_that_fits_itself_is_found_by_the_journal(edition):
    edition.numbers = edition.numbers.replace('"1.260 hộ"', '"9.999 hộ"')
    edition.numbers_sha256 = digest(edition.numbers)

    proof = selectors.recount_edition(edition)

    assert proof.broken == ("journal",)


def test_who_signs_and_for_whom_makes_another_edition(edition, review, cast):
    names = [name for name in Frame.__dataclass_fields__ if name != "signer"]
    frame = Frame(signer="Đoàn Hải Thạch", **{name: getattr(review, name) for name in names})
    by = {"user": cast.chi, "on": TODAY, "at": NOW}
    services.frame_review(review_id=review.pk, version=1, frame=frame, **by)

    later = freeze(review, user=cast.thach, reason="Ghi người ký.")

    assert json.loads(later.changes) == [
        {"part": "signature", "before": "", "after": "Đoàn Hải Thạch"}
    ]
