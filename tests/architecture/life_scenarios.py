"""Scenarios for the life of a duty: before, and the one step that is watched."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.services import Submission
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_duty

Act = Callable[[], object]
_LATER = date(2024, 10, 15)


def issued(cast: Cast) -> Duty:
    """Let Hồ Sen owe the city something."""
    return make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )


def step(service: Callable[..., Duty], duty: Duty, by: Any, **words: Any) -> Duty:
    """Take a step of a duty as it stands."""
    return service(
        duty_id=duty.pk,
        version=Duty.objects.get(pk=duty.pk).version,
        user=by,
        client_key=key(),
        on=TODAY,
        at=NOW,
        **words,
    )


_BEFORE: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "refusing": (("refuse_duty", "ha", {"note": "Không thuộc thẩm quyền"}),),
    "claimed": (("claim_duty", "ha", {"note": "Kế hoạch số 12"}),),
    "returned": (
        ("claim_duty", "ha", {"note": "Kế hoạch số 12"}),
        ("return_duty", "thach", {"note": "Thiếu phụ lục"}),
    ),
    "contested": (
        ("claim_duty", "ha", {"note": "Kế hoạch số 12"}),
        ("return_duty", "thach", {"note": "Thiếu phụ lục"}),
        ("contest_return", "ha", {"note": "Phụ lục đã gửi"}),
    ),
    "done": (
        ("claim_duty", "ha", {"note": "Kế hoạch số 12"}),
        ("verify_duty", "thach", {}),
    ),
    "asked": (("ask_extension", "ha", {"until": _LATER, "note": "Chờ số liệu"}),),
}
"""By the state to begin from, the steps that lead there: service, by whom, with what."""


def lived(cast: Cast, state: str) -> Duty:
    """Return a duty that has come to this state."""
    duty = issued(cast)
    for name, by, words in _BEFORE.get(state, ()):
        step(getattr(services, name), duty, getattr(cast, by), **words)
    return duty


def _act(name: str, by: str, state: str = "", **words: Any) -> Callable[[Cast], Act]:
    def scenario(cast: Cast) -> Act:
        duty = lived(cast, state)
        return partial(step, getattr(services, name), duty, getattr(cast, by), **words)

    return scenario


def _by_document(name: str) -> Callable[[Cast], Act]:
    def scenario(cast: Cast) -> Act:
        duty = issued(cast)
        basis = duty.sources.get().rendition.document
        service = getattr(services, name)
        return partial(step, service, duty, cast.thach, note="Chờ ý kiến", basis=basis)

    return scenario


def resume_duty(cast: Cast) -> Act:
    duty = issued(cast)
    basis = duty.sources.get().rendition.document
    step(services.suspend_duty, duty, cast.thach, note="Chờ", basis=basis)
    return partial(step, services.resume_duty, duty, cast.thach)


def transfer_duty(cast: Cast) -> Act:
    given = {"unit": cast.dong_gao, "person": cast.person(cast.khe), "note": "Đúng thẩm quyền"}
    return partial(step, services.transfer_duty, issued(cast), cast.chi, **given)


def hand_to_person(cast: Cast) -> Act:
    person = cast.person(cast.ha)
    return partial(step, services.hand_to_person, issued(cast), cast.ha, person=person)


def ask_explanation(cast: Cast) -> Act:
    return partial(explain, issued(cast), cast.thach)


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


def take_evidence(cast: Cast) -> Act:
    duty, photo = issued(cast), Submission(b"\xff\xd8\xff anh", "anh.jpg", is_declared=True)
    return lambda: intake.take_evidence(duty=duty, handed=photo, user=cast.ha, on=TODAY, at=NOW)


LIFE_SCENARIOS: dict[str, Callable[[Cast], Act]] = {
    "duties.accept_duty": _act("accept_duty", "ha"),
    "duties.refuse_duty": _act("refuse_duty", "ha", note="Không thuộc thẩm quyền"),
    "duties.release_duty": _act("release_duty", "thach", "refusing"),
    "duties.uphold_duty": _act("uphold_duty", "thach", "refusing", note="Đúng thẩm quyền"),
    "duties.report_progress": _act("report_progress", "ha", percent=40),
    "duties.claim_duty": _act("claim_duty", "ha", note="Kế hoạch số 12"),
    "duties.verify_duty": _act("verify_duty", "thach", "claimed"),
    "duties.return_duty": _act("return_duty", "thach", "claimed", note="Thiếu phụ lục"),
    "duties.contest_return": _act("contest_return", "ha", "returned", note="Đã gửi"),
    "duties.overrule_return": _act("overrule_return", "chi", "contested", note="Đã đủ"),
    "duties.dismiss_contest": _act("dismiss_contest", "chi", "contested", note="Chưa đủ"),
    "duties.reopen_duty": _act("reopen_duty", "thach", "done", note="Số liệu sai"),
    "duties.ask_extension": _act("ask_extension", "ha", until=_LATER, note="Chờ số liệu"),
    "duties.extend_duty": _act("extend_duty", "thach", "asked"),
    "duties.decline_extension": _act("decline_extension", "thach", "asked", note="Phải kịp"),
    "duties.suspend_duty": _by_document("suspend_duty"),
    "duties.resume_duty": resume_duty,
    "duties.cancel_duty": _by_document("cancel_duty"),
    "duties.transfer_duty": transfer_duty,
    "duties.hand_to_person": hand_to_person,
    "duties.instruct_on": _act("instruct_on", "thach", note="Làm ngay trong tuần"),
    "duties.remind_of": _act("remind_of", "thach"),
    "duties.ask_explanation": ask_explanation,
    "intake.take_evidence": take_evidence,
}
