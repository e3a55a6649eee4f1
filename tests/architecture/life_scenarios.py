"""Scenarios of what a duty's life needs besides its steps: an explanation, a file handed in."""

from collections.abc import Callable
from datetime import date
from typing import Any

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.services import Submission
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_duty

Act = Callable[[], object]


def issued(cast: Cast) -> Duty:
    """Let Hồ Sen owe the city something."""
    return make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )


def explain(duty: Duty, by: Any, **words: Any) -> Duty:
    """Ask Hồ Sen to explain."""
    given = {
        "title": "Giải trình: kế hoạch",
        "language": "vi",
        "deliverable": "Văn bản giải trình",
        "due": date(2024, 8, 15),
        "note": "Vì sao chậm?",
        "client_key": key(),
        "on": TODAY,
    } | words
    return services.ask_explanation(duty_id=duty.pk, user=by, at=NOW, **given)


def ask_explanation(cast: Cast) -> Act:
    duty = issued(cast)
    return lambda: explain(duty, cast.thach)


def take_evidence(cast: Cast) -> Act:
    duty, photo = issued(cast), Submission(b"\xff\xd8\xff anh", "anh.jpg", is_declared=True)
    return lambda: intake.take_evidence(duty=duty, handed=photo, user=cast.ha, on=TODAY, at=NOW)


def take_figure_evidence(cast: Cast) -> Act:
    photo = Submission(b"\xff\xd8\xff anh", "anh.jpg", is_declared=True)
    given = {"unit": cast.sen_tay, "handed": photo, "user": cast.mai, "on": TODAY, "at": NOW}
    return lambda: intake.take_figure_evidence(**given)


LIFE_SCENARIOS: dict[str, Callable[[Cast], Act]] = {
    "duties.ask_explanation": ask_explanation,
    "intake.take_evidence": take_evidence,
    "intake.take_figure_evidence": take_figure_evidence,
}
