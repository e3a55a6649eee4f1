"""Two years later: units were merged and figures corrected, and the edition is what it was."""

from datetime import date
from decimal import Decimal

from lotrinh.apps.files import selectors as files
from lotrinh.apps.reporting import services as reporting
from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.reviews import selectors
from lotrinh.apps.units import services as units
from lotrinh.apps.units.services.changes import Follows
from lotrinh.rules.succession import ChangeKind
from tests.factories import NOW, make_unit
from tests.ledgers import correct, fold, told
from tests.reviewing import freeze

MERGED_ON = date(2025, 7, 1)


def merge(cast):
    whole = make_unit(parent=cast.city, since=MERGED_ON)
    units.change_organisation(
        kind=ChangeKind.MERGE,
        follows=[Follows(cast.sen_tay, whole), Follows(cast.dong_gao, whole)],
        ending=[cast.sen_tay, cast.dong_gao],
        day=MERGED_ON,
        legal_basis="Nghị quyết số 1656/NQ-UBTVQH15",
        actor=cast.chi.named,
        at=NOW,
    )


def bytes_of(blob):
    with files.opened(blob) as stored:
        return stored.read()


def test_an_edition_survives_a_merger_and_corrections(review, cast):
    edition = freeze(review, user=cast.thach)
    before = (edition.numbers, bytes_of(edition.pdf), bytes_of(edition.docx))

    merge(cast)
    figure = Figure.objects.get(unit=cast.dong_gao, value=Decimal(560))
    correct(figure, told(figure.measure, 500), entered_by=cast.chi, user=cast.thach)
    fold()
    reporting.rebuild_totals(at=NOW)

    edition.refresh_from_db()
    proof = selectors.recount_edition(edition)
    assert proof.holds
    assert (proof.numbers, proof.figures) == (11, 4)
    assert proof.restated == (str(figure.uid),)
    assert (edition.numbers, bytes_of(edition.pdf), bytes_of(edition.docx)) == before

    later = freeze(review, user=cast.thach, reason="Đồng Gạo đính chính.")
    assert selectors.recount_edition(later).holds
    assert '"before": "1.260 hộ"' in later.changes
    assert '"after": "1.200 hộ"' in later.changes
