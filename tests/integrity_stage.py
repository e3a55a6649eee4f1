"""A closed month in which one photograph supports the figures of a district and of its ward."""

from zoneinfo import ZoneInfo

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Collection, IntegrityQuestion
from lotrinh.apps.units.models import Unit
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.ledgers import approve, make_measure, make_period, told
from tests.reports import a_file, by, fill, hand_in, make_group, make_regime, open_month

LINES = 8
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def with_one_photograph(cast: Cast) -> Collection:
    """Let Hồ Sen and Sen Tây hand in July with the same file, and close it."""
    families = make_measure(owed_to=cast.city, user=cast.chi)
    make_group(cast.ho_sen, cast.sen_tay, code="chung-anh")
    regime = make_regime(owed_to=cast.city, measures=[families], user=cast.chi, group="chung-anh")
    collection = open_month(regime, user=cast.chi)
    for unit, user, text in ((cast.ho_sen, cast.ha, "310"), (cast.sen_tay, cast.mai, "120")):
        report = collection.reports.get(unit=unit)
        services.attach_evidence(
            report_id=report.pk, measure_id=families.pk, act=by(user, blobs=(a_file(),))
        )
        fill(report, user, {families: text})
        hand_in(report, user)
    return close(collection, cast)


def with_cloned_rows(cast: Cast) -> Collection:
    """Of five units let two tell the same eight figures for July, and close the month."""
    measures = [make_measure(owed_to=cast.city, user=cast.chi) for _ in range(LINES)]
    places = (cast.city, cast.office, cast.ho_sen, cast.dong_gao, cast.sen_tay)
    make_group(*places, code="trung-so")
    regime = make_regime(owed_to=cast.city, measures=measures, user=cast.chi, group="trung-so")
    collection = open_month(regime, user=cast.chi)
    for place, unit in enumerate(places):
        step = 2 if unit == cast.sen_tay else place  # Sen Tây tells what Hồ Sen tells
        figures = [told(one, 1103 + 37 * line + 411 * step) for line, one in enumerate(measures)]
        by = {"period": make_period(), "entered_by": cast.chi, "user": cast.thach}
        approve(unit, figures, **by)
    return close(collection, cast)


def close(collection: Collection, cast: Cast) -> Collection:
    """Close a collection by the planning office."""
    return services.close_collection(collection_id=collection.pk, user=cast.chi, on=TODAY, at=NOW)


def ask(collection: Collection) -> tuple[IntegrityQuestion, ...]:
    """Let the rules ask about a collection."""
    return services.raise_questions(
        collection_id=collection.pk, actor=SYSTEM, on=TODAY, at=NOW, zone=ZONE
    )


def question_to(unit: Unit, cast: Cast) -> IntegrityQuestion:
    """Return the question about the photograph to one of the two units."""
    asked = {one.unit_id: one for one in ask(with_one_photograph(cast))}
    return asked[unit.pk]


def question_by(user: object, **more: object) -> services.QuestionAct:
    """Return an act of this account on a question."""
    return services.QuestionAct(**({"client_key": key(), "on": TODAY, "at": NOW} | more), user=user)
