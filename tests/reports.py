"""Builders of regimes and of reports on their way, through the services alone.

A month closes on the 14th; in this regime the ward hands in by the 16th, its own leader approves by
the 18th, the district by the 20th.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Collection, Regime, Report
from lotrinh.apps.reporting.services import (
    CellTyped,
    Entered,
    RegimeSaid,
    ReportAct,
    StageSaid,
)
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.selectors import meanings_of
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.figures import Basis
from lotrinh.rules.report_states import ReportStep, Stage
from tests.factories import NOW, TODAY, key, make_tree

JULY = date(2024, 7, 1), date(2024, 8, 1)
HAND_IN = StageSaid(Stage(ReportStep.HAND_IN), 16)
BY_UNIT = StageSaid(Stage(ReportStep.APPROVE), 18)
BY_DISTRICT = StageSaid(Stage(ReportStep.APPROVE, 1), 20)
GROUP = "bao-cao"


def make_group(*members: Unit, code: str = GROUP) -> None:
    """Save a group of these units that means the same on every day; a known one stays as it is."""
    if meanings_of(code=code):
        return
    choice = Choice(
        name_vi="Đơn vị báo cáo", name_en="Reporting units", tree=make_tree(), added=members
    )
    save_group(code=code, choice=choice, actor=SYSTEM, at=NOW)


def make_regime(
    *,
    owed_to: Unit,
    measures: Iterable[Measure],
    user: User,
    stages: Iterable[StageSaid] = (HAND_IN, BY_UNIT),
    basis: Basis = Basis.SELF_REPORTED,
    kind: str = "month",
    client_key: UUID | None = None,
    **more: object,
) -> Regime:
    """Set up a regime of the group that ``make_group`` saves."""
    said = {
        "name": "Báo cáo tình hình gia đình văn hóa",
        "language": "vi",
        "kind": kind,
        "basis": basis,
        "owed_to": owed_to,
        "group": GROUP,
        "measures": list(measures),
        "stages": list(stages),
        "since": date(2023, 1, 1),
        "legal_basis": "Kế hoạch số 15/KH-UBND",
        "content": "Biểu số liệu gia đình văn hóa",
    }
    return services.set_regime(
        said=RegimeSaid(**(said | more)),
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def open_month(
    regime: Regime,
    *,
    user: User,
    days: tuple[date, date] = JULY,
    client_key: UUID | None = None,
) -> Collection:
    """Open July 2024 unless other days are given."""
    return services.open_reports(
        regime_id=regime.pk,
        starts=days[0],
        ends=days[1],
        user=user,
        client_key=client_key or key(),
        on=TODAY,
        at=NOW,
    )


def by(user: User, **more: object) -> ReportAct:
    """Return an act of this account, with a form of its own unless ``more`` says otherwise."""
    return ReportAct(**({"client_key": key(), "on": TODAY, "at": NOW} | more), user=user)


def fresh(report: Report) -> Report:
    """Return the report as it stands by now."""
    return Report.objects.select_related(
        "unit", "duty", "collection__period__kind", "collection__regime__owed_to"
    ).get(pk=report.pk)


def fill(report: Report, user: User, texts: dict[Measure, str], *, comment: str = "") -> Entered:
    """Enter a text for each of these measures, over whatever counts now."""
    known = selectors.cells_of(report=report)
    typed = [
        CellTyped(
            measure.pk,
            text,
            comment=comment or None,
            over=known[measure.pk].pk if measure.pk in known else None,
        )
        for measure, text in texts.items()
    ]
    return services.enter_cells(report_id=report.pk, cells=typed, language="vi", act=by(user))


def hand_in(report: Report, user: User) -> Report:
    """Hand a report in as it stands."""
    act = by(user, content=selectors.content_of(report=report))
    return services.hand_in_report(report_id=report.pk, act=act)


def approve(report: Report, user: User, *, without: Iterable[UUID] = ()) -> Report:
    """Let the next approval pass, of what the report says now."""
    act = by(user, content=selectors.content_of(report=report))
    return services.pass_report(
        report_id=report.pk, step=ReportStep.APPROVE, act=act, without=list(without)
    )


def a_file(name: str = "bien-ban.jpg") -> tuple[Blob, str]:
    """Return the row of a photograph that is stored, with the name by which it came."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    blob, _ = Blob.objects.get_or_create(
        sha256=digest, defaults={"size": 3, "media_type": "image/jpeg", "stored_at": NOW}
    )
    return blob, name
