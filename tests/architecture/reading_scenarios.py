"""Scenarios of what comes after a first reading: newer rules, another text, another language."""

from collections.abc import Callable

from lotrinh.apps.documents import services as documents
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import Likeness
from lotrinh.apps.intake.services import Taken
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.targets import services as targets
from lotrinh.apps.targets.selectors import said
from tests.cast import Cast
from tests.factories import (
    NOW,
    TEXT,
    TODAY,
    a_promise,
    key,
    make_document,
    make_duty,
    make_rendition,
    make_run,
    make_target,
)
from tests.readings import hand_in, read_again_now, read_by_older_rules

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_BY = {"actor": SYSTEM, "at": NOW}
_ON = {"on": TODAY, "at": NOW}
_OTHER = TEXT.replace("đạt 80%", "đạt 85%")


def reread(cast: Cast) -> Act:
    run = read_by_older_rules(keeper=cast.city, user=cast.chi)
    return lambda: intake.reread(run_id=run.pk, user=cast.chi, client_key=key(), **_ON)


def reread_for_all(cast: Cast) -> Act:
    run = read_by_older_rules(keeper=cast.city, user=cast.chi)
    return lambda: intake.reread_for_all(run_id=run.pk, at=NOW)


def settle_difference(cast: Cast) -> Act:
    run = read_by_older_rules(
        keeper=cast.city, user=cast.chi, older=lambda one: one if one["kind"] == "task" else None
    )
    newer = read_again_now(run, cast.chi)
    row = selectors.compared(run, newer).new[0]
    return lambda: intake.settle_difference(
        older_id=None,
        newer_id=row.newer.pk if row.newer else None,
        taken=Taken(("words",)),
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def take_text(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    other = hand_in(_OTHER, keeper=cast.city, user=cast.chi)
    return lambda: intake.take_text(
        rendition=other.rendition,
        instead_of=run.rendition.uid,
        reason="bản ký",
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def answer_likeness(cast: Cast) -> Act:
    make_run(keeper=cast.city, user=cast.chi, text=TEXT)
    bare = "\n".join(TEXT.splitlines()[4:]).replace("đạt 80%", "đạt 85%")
    later = hand_in(bare, keeper=cast.city, user=cast.chi)
    found = Likeness.objects.filter(text=later.rendition).earliest("id")
    return lambda: intake.answer_likeness(
        likeness=found, into=None, user=cast.chi, client_key=key(), **_ON
    )


def join_document(cast: Cast) -> Act:
    one, other = (make_document(keeper=cast.city, user=cast.chi) for _ in range(2))
    make_rendition(other, "Action Programme No. 1.", language="en")
    return lambda: documents.join_document(
        document=other, into=one, kind="translation", user=cast.chi, **_ON
    )


def part_document(cast: Cast) -> Act:
    one, other = (make_document(keeper=cast.city, user=cast.chi) for _ in range(2))
    make_rendition(other, "Action Programme No. 1.", language="en")
    documents.join_document(document=other, into=one, kind="translation", user=cast.chi, **_ON)
    return lambda: intake.part_document(document=other, user=cast.chi, **_ON)


def add_source_of_duty(cast: Cast) -> Act:
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    text = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return lambda: duties.add_source(
        duty=duty, passage=Passage(rendition=text, start=0, end=9), **_BY
    )


def add_source_of_target(cast: Cast) -> Act:
    target = make_target(owed_to=cast.city, user=cast.chi)
    text = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return lambda: targets.add_source(target=target, rendition=text, start=0, end=9, **_BY)


def amend_target(cast: Cast) -> Act:
    target = make_target(owed_to=cast.city, user=cast.chi)
    promise = a_promise(cast.ho_sen)
    return lambda: targets.amend_target(
        target_id=target.pk, shown=said(target), promise=promise, user=cast.chi, **_ON
    )


READING_SCENARIOS: dict[str, Scenario] = {
    "documents.join_document": join_document,
    "duties.add_source": add_source_of_duty,
    "intake.answer_likeness": answer_likeness,
    "intake.part_document": part_document,
    "intake.reread": reread,
    "intake.reread_for_all": reread_for_all,
    "intake.settle_difference": settle_difference,
    "intake.take_text": take_text,
    "targets.add_source": add_source_of_target,
    "targets.amend_target": amend_target,
}
