"""What the invented units of the demonstration report of the cultural titles, month by month.

A report of a title whose target nobody confirmed leaves that line out; nothing is written that no
service would let an officer write.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.services import CellTyped, RegimeSaid, ReportAct, StageSaid
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.demo.cast import data
from lotrinh.demo.titles import confirmed_titles, user_of_story
from lotrinh.rules.figures import Basis
from lotrinh.rules.report_states import ReportStep, Stage

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Collection, Regime, Report
    from lotrinh.apps.targets.models import Measure
    from lotrinh.apps.units.models import Unit

MORNING = time(9, 30)


def report_all(*, zone: ZoneInfo) -> int:
    """Set up the regime, open its periods, take every step; return how many reports there are."""
    story = data("reports")
    measures = _measures(story)
    if not measures:
        return 0
    regime = _regime(story, measures, zone)
    made = 0
    for row in story["period"]:
        collection = services.open_reports(
            regime_id=regime.pk,
            starts=row["starts"],
            ends=row["ends"],
            client_key=_key("open", row["starts"].isoformat()),
            **_by(story["by"], row["opened_on"], zone),
        )
        made += collection.reports.count()
        for told in row["report"]:
            _tell(collection, told, measures, zone)
    last = max(
        step["on"] for row in story["period"] for told in row["report"] for step in told["steps"]
    )
    services.fold_deltas(at=datetime.combine(last, MORNING, zone))
    return made


def _measures(story: Mapping[str, Any]) -> "list[Measure | None]":
    """Return the measures in the order of the form, None for a title that was not confirmed."""
    held = confirmed_titles()
    found = [held.get(quote) for quote in story["measures"]]
    return [] if not any(found) else [target.measure if target else None for target in found]


def _regime(
    story: Mapping[str, Any], measures: "Sequence[Measure | None]", zone: ZoneInfo
) -> "Regime":
    said = story["regime"]
    at = datetime.combine(said["set_on"], MORNING, zone)
    choice = Choice(
        name_vi=story["group_vi"],
        name_en=story["group_en"],
        tree=units.main_tree(),
        added=tuple(_unit(code) for code in story["units"]),
    )
    save_group(code=story["group"], choice=choice, actor=SYSTEM, at=at)
    return services.set_regime(
        said=RegimeSaid(
            name=said["name"],
            language="vi",
            kind=said["kind"],
            basis=Basis(said["basis"]),
            owed_to=_unit(said["owed_to"]),
            group=story["group"],
            measures=[measure for measure in measures if measure is not None],
            stages=[
                StageSaid(Stage(ReportStep(one["step"]), one["height"]), one["day"])
                for one in said["stages"]
            ],
            since=said["since"],
            legal_basis=said["legal_basis"],
            content=said["content"],
            method=said["method"],
        ),
        client_key=_key("regime"),
        **_by(story["by"], said["set_on"], zone),
    )


def _tell(
    collection: "Collection",
    told: Mapping[str, Any],
    measures: "Sequence[Measure | None]",
    zone: ZoneInfo,
) -> None:
    report = collection.reports.select_related("unit", "collection").get(unit=_unit(told["unit"]))
    for number, row in enumerate(told["steps"]):
        step = ReportStep(row["step"])
        act = ReportAct(
            **_by(row["by"], row["on"], zone),
            client_key=_key(str(report.uid), str(number)),
            content="" if step is ReportStep.ENTER else selectors.content_of(report=report),
            note=row.get("note", ""),
        )
        _step(report, step, row, act, measures)


def _step(
    report: "Report",
    step: ReportStep,
    row: Mapping[str, Any],
    act: ReportAct,
    measures: "Sequence[Measure | None]",
) -> None:
    places = {
        place: measure.pk for place, measure in enumerate(measures, start=1) if measure is not None
    }
    if step is ReportStep.ENTER:
        comments = row.get("comment", {})
        cells = [
            CellTyped(places[place], text, comment=comments.get(str(place)))
            for place, text in enumerate(row["cells"], start=1)
            if place in places and text
        ]
        services.enter_cells(report_id=report.pk, cells=cells, language="vi", act=act)
    elif step is ReportStep.HAND_IN:
        services.hand_in_report(report_id=report.pk, act=act)
    elif step is ReportStep.RETURN:
        asked = {int(place): words for place, words in row.get("cells", {}).items()}
        services.return_report(
            report_id=report.pk,
            act=act,
            cells={places[place]: words for place, words in asked.items() if place in places},
        )
    else:
        without = [_unit(code).uid for code in row.get("without", ())]
        services.pass_report(report_id=report.pk, step=step, act=act, without=without)


def _by(sign_in: str, on: date, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "user": user_of_story(sign_in),
        "on": on,
        "at": datetime.combine(on, MORNING, zone),
    }


def _unit(code: str) -> "Unit":
    found = units.unit_by_code(code)
    if found is None:
        raise LookupError(code)
    return found


def _key(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, ":".join(("urn:lotrinh:demo:reports", *parts)))
