"""One scenario for each service: what has to be there before, and the one call that is watched.

A scenario prepares and returns the act. A new service without a scenario fails the test beside
this file, so that nobody can write a service that the journal does not know.
"""

from collections.abc import Callable
from datetime import date

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.documents import services as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.services import Identity, Piece
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.files import services as files
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.targets import services as targets
from lotrinh.apps.units import services as units
from lotrinh.rules.actions import Action
from tests.architecture.document_scenarios import DOCUMENT_SCENARIOS
from tests.architecture.unit_scenarios import UNIT_SCENARIOS
from tests.cast import Cast
from tests.factories import (
    NOW,
    TEXT,
    TODAY,
    a_promise,
    an_assignment,
    key,
    make_candidate,
    make_document,
    make_duty,
    make_person,
    make_post,
    make_rendition,
    make_role,
    make_run,
    make_tree,
    make_unit,
)

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

NO_SERVICE = {
    "units.await_organisation": "waits for others and writes nothing",
    "documents.renew_search": "writes only what can be made anew from what the journal knows",
    "documents.rebuild_search": "the same for every document; it must change nothing",
    "journal.leaf_hash": "pure: the hash of a payload",
    "journal.reference": "pure: the uid of a code",
    "journal.record": "writes the entry itself",
    "journal.record_all": "writes the entries themselves",
    "journal.name_subject": "called only by services that record why there is a name (see below)",
}
"""Public functions that are held to other promises, each with the reason."""

QUEUE_ONLY = {"intake.enqueue", "intake.resume_waiting_runs"}
"""Services that write nothing but jobs, which are derived from the waiting runs."""

_BY = {"actor": SYSTEM, "at": NOW}
_ON = {"on": TODAY, "at": NOW}


def create_user(cast: Cast) -> Act:
    return lambda: accounts.create_user(sign_in_name="moi", password=None, **_BY)


def choose_language(cast: Cast) -> Act:
    return lambda: accounts.choose_language(user_id=cast.ha.pk, language="en", at=NOW)


def erase_subject(cast: Cast) -> Act:
    return lambda: journal.erase_subject(uid=cast.an.uid, **_BY)


def store(cast: Cast) -> Act:
    return lambda: files.store(content=b"x", media_type="text/plain", **_BY)


def define_role(cast: Cast) -> Act:
    return lambda: units.define_role(
        code="leader", name_vi="Lãnh đạo", name_en="Leader", actions=[Action.READ_DUTY], **_BY
    )


def create_tree(cast: Cast) -> Act:
    return lambda: units.create_tree(code="cay", name_vi="Cây", name_en="Tree", **_BY)


def create_unit(cast: Cast) -> Act:
    return lambda: units.create_unit(
        code="moi", kind="department", name_vi="Sở Mới", name_en="New", **_BY
    )


def place_unit(cast: Cast) -> Act:
    unit, tree = make_unit("moi", since=None), make_tree()
    return lambda: units.place_unit(
        unit=unit, tree=tree, parent=cast.city, since=date(2024, 1, 1), **_BY
    )


def register_person(cast: Cast) -> Act:
    return lambda: units.register_person(full_name="Lý Mới", **_BY)


def create_post(cast: Cast) -> Act:
    role = make_role("leader", actions=[Action.READ_DUTY])
    return lambda: units.create_post(
        unit=cast.ho_sen, role=role, title_vi="Chủ tịch", title_en="Chair", **_BY
    )


def appoint(cast: Cast) -> Act:
    person, post = make_person(), make_post(cast.ho_sen)
    return lambda: units.appoint(person=person, post=post, since=date(2024, 1, 1), **_BY)


def define_type(cast: Cast) -> Act:
    return lambda: documents.define_type(
        system="party",
        code="NQ",
        name_vi="Nghị quyết",
        name_en="Resolution",
        since=date(2018, 1, 1),
        until=None,
        legal_basis="",
        **_BY,
    )


def register_document(cast: Cast) -> Act:
    return lambda: make_document(keeper=cast.ho_sen, user=cast.ha)


def cite_document(cast: Cast) -> Act:
    return lambda: documents.cite_document(
        identity=Identity(system="party", number="45-NQ/TW"),
        language="vi",
        keeper=cast.city,
        at=NOW,
    )


def add_rendition(cast: Cast) -> Act:
    document = make_document(keeper=cast.ho_sen, user=cast.ha)
    return lambda: make_rendition(document)


def divide(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))
    piece = Piece(start=0, end=10, label="", level=0, kind="paragraph")
    return lambda: documents.divide(rendition=rendition, pieces=[piece], at=NOW)


def _two_documents(cast: Cast) -> tuple[Document, Document]:
    return (
        make_document(keeper=cast.city, user=cast.chi),
        make_document(keeper=cast.city, user=cast.chi),
    )


def relate(cast: Cast) -> Act:
    source, target = _two_documents(cast)
    return lambda: documents.relate(
        source=source, target=target, kind="implements", rendition=None, span=None, at=NOW
    )


def send_to(cast: Cast) -> Act:
    document = make_document(keeper=cast.city, user=cast.chi)
    return lambda: documents.send_to(document=document, unit=cast.ho_sen, **_BY)


def draft_duty(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return lambda: duties.draft_duty(
        assignment=an_assignment(cast.ho_sen),
        owed_to=cast.city,
        user=cast.chi,
        passage=Passage(rendition=rendition, start=0, end=5),
        **_ON,
    )


def amend_draft(cast: Cast) -> Act:
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    return lambda: duties.amend_draft(
        duty_id=duty.pk,
        version=1,
        assignment=an_assignment(cast.ho_sen),
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def issue_duty(cast: Cast) -> Act:
    duty = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha)
    )
    return lambda: duties.issue_duty(
        duty_id=duty.pk, version=1, user=cast.chi, client_key=key(), **_ON
    )


def withdraw_draft(cast: Cast) -> Act:
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    return lambda: duties.withdraw_draft(
        duty_id=duty.pk, version=1, user=cast.chi, client_key=key(), **_ON
    )


def draft_target(cast: Cast) -> Act:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return lambda: targets.draft_target(
        promise=a_promise(),
        owed_to=cast.city,
        rendition=rendition,
        start=0,
        end=5,
        user=cast.chi,
        **_ON,
    )


def submit(cast: Cast) -> Act:
    return lambda: intake.submit(
        submission=Submission(content=TEXT.encode(), source_name="a.txt"),
        keeper=cast.city,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def refuse_secret(cast: Cast) -> Act:
    return lambda: intake.refuse_secret(sha256="0" * 64, keeper=cast.city, user=cast.chi, at=NOW)


def enqueue(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi)
    return lambda: intake.enqueue(run)


def read_run(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi, is_read=False)
    return lambda: intake.read_run(uid=run.uid, at=NOW)


def give_up_run(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi, is_read=False)
    return lambda: intake.give_up_run(uid=run.uid, error="TimeoutError", at=NOW)


def read_again(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi, is_read=False)
    intake.give_up_run(uid=run.uid, error="TimeoutError", at=NOW)
    return lambda: intake.read_again(uid=run.uid, user=cast.chi, **_ON)


def resume_waiting_runs(cast: Cast) -> Act:
    make_run(keeper=cast.city, user=cast.chi, is_read=False)
    return lambda: intake.resume_waiting_runs(before=NOW.replace(year=2025))


def confirm_task(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.confirm_task(
        candidate_id=candidate.pk,
        assignment=an_assignment(),
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def confirm_target(cast: Cast) -> Act:
    candidate = make_candidate("target", keeper=cast.city, user=cast.chi)
    return lambda: intake.confirm_target(
        candidate_id=candidate.pk, promise=a_promise(), user=cast.chi, client_key=key(), **_ON
    )


def reject_candidate(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.reject_candidate(
        candidate_id=candidate.pk, reason="duplicate", user=cast.chi, client_key=key(), **_ON
    )


def record_alone(cast: Cast) -> Act:
    """Not a service of its own: shows that the watch sees the journal move."""
    return lambda: journal.record("unit.created", Named("unit", key()), **_BY)


SCENARIOS: dict[str, Scenario] = {
    "accounts.create_user": create_user,
    "accounts.choose_language": choose_language,
    "journal.erase_subject": erase_subject,
    "files.store": store,
    "units.define_role": define_role,
    "units.create_tree": create_tree,
    "units.create_unit": create_unit,
    "units.place_unit": place_unit,
    "units.register_person": register_person,
    "units.create_post": create_post,
    "units.appoint": appoint,
    **DOCUMENT_SCENARIOS,
    **UNIT_SCENARIOS,
    "documents.define_type": define_type,
    "documents.register_document": register_document,
    "documents.cite_document": cite_document,
    "documents.add_rendition": add_rendition,
    "documents.divide": divide,
    "documents.relate": relate,
    "documents.send_to": send_to,
    "duties.draft_duty": draft_duty,
    "duties.amend_draft": amend_draft,
    "duties.issue_duty": issue_duty,
    "duties.withdraw_draft": withdraw_draft,
    "targets.draft_target": draft_target,
    "intake.submit": submit,
    "intake.refuse_secret": refuse_secret,
    "intake.enqueue": enqueue,
    "intake.read_run": read_run,
    "intake.give_up_run": give_up_run,
    "intake.read_again": read_again,
    "intake.resume_waiting_runs": resume_waiting_runs,
    "intake.confirm_task": confirm_task,
    "intake.confirm_target": confirm_target,
    "intake.reject_candidate": reject_candidate,
}
