"""Scenarios of what the reader learns from people."""

from collections.abc import Callable

from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import LearnedName, LexiconLine
from tests.cast import Cast
from tests.factories import NOW, TEXT, TODAY, an_assignment, key, make_candidate, make_run

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_ON = {"on": TODAY, "at": NOW}


def _learned(cast: Cast) -> LearnedName:
    """Let a unit be chosen for a name that nobody knows, and be filled in once."""
    for number in ("811-CTr/TU", "812-CTr/TU"):
        named = TEXT.replace("Ủy ban nhân dân Quận Hồ Sen", "Phòng Bãi Bồi")
        text = named.replace("97-CTr/TU", number)
        run = make_run(keeper=cast.city, user=cast.chi, text=text)
        intake.confirm_task(
            candidate_id=make_candidate("task", keeper=cast.city, user=cast.chi, run=run).pk,
            assignment=an_assignment(cast.ho_sen),
            user=cast.chi,
            client_key=key(),
            **_ON,
        )
    return LearnedName.objects.get()


def _dropped(cast: Cast) -> None:
    """Let the same opening be dropped three times."""
    dropped = "".join(
        f"{n}. Tổ chức thành công {what} là thắng lợi.\n"
        for n, what in enumerate(("đại hội", "hội diễn", "ngày hội"), start=3)
    )
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT + dropped)
    passage = "Tổ chức thành công"
    rows = [row for row in run.candidates.all() if row.start >= run.rendition.text.index(passage)]
    intake.reject_block(
        run_id=run.pk,
        turns={row.pk: 0 for row in rows},
        reason="not_commitment",
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def _line(cast: Cast) -> LexiconLine:
    """Let a line be proposed for an opening that was dropped three times."""
    _dropped(cast)
    intake.find_lines(at=NOW)
    return LexiconLine.objects.get()


def end_learned_name(cast: Cast) -> Act:
    learned = _learned(cast)
    return lambda: intake.end_learned_name(
        learned_id=learned.pk, reason="nhầm", user=cast.chi, client_key=key(), **_ON
    )


def find_lines(cast: Cast) -> Act:
    _dropped(cast)
    return lambda: intake.find_lines(at=NOW)


def measure_line(cast: Cast) -> Act:
    line = _line(cast)
    return lambda: intake.measure_line(uid=line.uid, at=NOW)


def queue_measuring(cast: Cast) -> Act:
    line = _line(cast)
    return lambda: intake.queue_measuring(line=line)


def decide_line(cast: Cast) -> Act:
    line = _line(cast)
    return lambda: intake.decide_line(
        line_id=line.pk,
        turn=0,
        verdict="applied",
        reason="đã xem",
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


LEARNING_SCENARIOS: dict[str, Scenario] = {
    "intake.end_learned_name": end_learned_name,
    "intake.find_lines": find_lines,
    "intake.measure_line": measure_line,
    "intake.queue_measuring": queue_measuring,
    "intake.decide_line": decide_line,
}
