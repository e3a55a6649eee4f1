"""One scenario for each service: what has to be there before, and the one call that is watched.

A scenario prepares and returns the act. A new service without a scenario fails the test beside
this file, so that nobody can write a service that the journal does not know.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.core.files.storage import storages

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.documents import services as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.documents.services import Identity, Piece
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.files import services as files
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import LearnedName, LexiconLine
from lotrinh.apps.intake.services import Submission
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.targets import services as targets
from lotrinh.apps.units import services as units
from lotrinh.rules.actions import Action
from lotrinh.rules.closing import Closing
from tests.architecture.document_scenarios import DOCUMENT_SCENARIOS
from tests.architecture.reading_scenarios import READING_SCENARIOS
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
    make_target,
    make_tree,
    make_unit,
    make_user,
)

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

NO_SERVICE = {
    "intake.keep_typed": "keeps what somebody is typing for himself; nothing is decided by it",
    "intake.keep_typed_for_all": "the same, for many proposals",
    "intake.be_present": "keeps when somebody was last at a desk, to be forgotten in a minute",
    "intake.candidate_in_turn": "a step inside the services of decisions",
    "intake.run_for_decider": "a question of right, asked by the services of decisions",
    "intake.take_turns": "waits for others and writes nothing",
    "intake.require_open": "a question, asked by the services of decisions",
    "intake.decide": "writes a decision for the services named here, with its entry",
    "intake.liken": "a step of reading, which is watched; what it finds decides nothing",
    "intake.propose": "a step of adding, splitting, taking, which their acts record",
    "intake.replace_by": "a step of splitting, merging and taking, which is watched",
    "intake.digest": "pure: the digest of the words that are confirmed",
    "intake.draft_of_task": "a step of confirm_task and confirm_block, which are watched",
    "intake.draft_of_target": "a step of confirm_target and confirm_block, which are watched",
    "intake.learn_from": "a step of confirming, which its act records",
    "units.require_appointing": "asks a right and writes nothing",
    "units.await_organisation": "waits for others and writes nothing",
    "units.cut": "a step of a change, which its act records",
    "units.uncut": "a step of an undoing, which its act records",
    "units.end_unit": "a step of a change, which its act records",
    "units.end_with_unit": "a step of opening a post or numbering a unit, which its act records",
    "units.take_step": "a step of a change, which its act records",
    "units.definers_kept": "watches what is done inside and writes nothing",
    "documents.renew_search": "writes only what can be made anew from what the journal knows",
    "documents.rebuild_search": "the same for every document; it must change nothing",
    "journal.leaf_hash": "pure: the hash of a payload",
    "journal.reference": "pure: the uid of a code",
    "journal.record": "writes the entry itself",
    "journal.record_all": "writes the entries themselves",
    "journal.name_subject": "called only by services that record why there is a name (see below)",
}
"""Public functions that are held to other promises, each with the reason."""

QUEUE_ONLY = {"intake.enqueue", "intake.resume_waiting_runs", "intake.queue_measuring"}
"""Services that write nothing but jobs, which are derived from the waiting runs."""

_BY = {"actor": SYSTEM, "at": NOW}
_ON = {"on": TODAY, "at": NOW}


def create_user(cast: Cast) -> Act:
    return lambda: accounts.create_user(sign_in_name="moi", password=None, **_BY)


def choose_language(cast: Cast) -> Act:
    return lambda: accounts.choose_language(user_id=cast.ha.pk, language="en", at=NOW)


def close_account(cast: Cast) -> Act:
    user = make_user()
    return lambda: accounts.close_account(user_id=user.pk, reason=Closing.LEFT, **_BY)


def reopen_account(cast: Cast) -> Act:
    user = make_user()
    accounts.close_account(user_id=user.pk, reason=Closing.LEFT, **_BY)
    return lambda: accounts.reopen_account(user_id=user.pk, read=None, client_key=key(), **_BY)


def give_password(cast: Cast) -> Act:
    user = make_user()
    return lambda: accounts.give_password(user_id=user.pk, read=None, client_key=key(), **_BY)


def change_password(cast: Cast) -> Act:
    user = make_user(password="mot cum tu rat dai")
    given = {"current": "mot cum tu rat dai", "new": "mot cum tu cua rieng"}
    return lambda: accounts.change_password(user_id=user.pk, **given, at=NOW)


def erase_subject(cast: Cast) -> Act:
    return lambda: journal.erase_subject(uid=cast.an.uid, **_BY)


def store(cast: Cast) -> Act:
    return lambda: files.store(content=b"x", media_type="text/plain", **_BY)


def declare_no_secret(cast: Cast) -> Act:
    blob = files.store(content=b"y", media_type="text/plain", **_BY)
    return lambda: files.declare_no_secret(blob=blob, pages="2", pictures=0, user=cast.chi, at=NOW)


def clear_strays(cast: Cast) -> Act:
    stray = Path(storages["blobs"].path("ab/cd/.1.part"))
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    return lambda: files.clear_strays(before=NOW.replace(year=2100), at=NOW)


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


def climb_ladder(cast: Cast) -> Act:
    person = cast.person(cast.ha)
    duty = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=person, is_issued=True
    )
    return lambda: duties.climb_ladder(on=duty.binding_due or TODAY, at=NOW)


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


def withdraw_target(cast: Cast) -> Act:
    target = make_target(owed_to=cast.city, user=cast.chi)
    return lambda: targets.withdraw_target(target_id=target.pk, user=cast.chi, **_ON)


def reopen_candidate(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    intake.reject_candidate(
        candidate_id=candidate.pk, reason="duplicate", user=cast.chi, client_key=key(), **_ON
    )
    return lambda: intake.reopen_candidate(
        candidate_id=candidate.pk, turn=1, user=cast.chi, client_key=key(), **_ON
    )


def undo_act(cast: Cast) -> Act:
    candidate, act = make_candidate("task", keeper=cast.city, user=cast.chi), key()
    intake.reject_candidate(
        candidate_id=candidate.pk, reason="duplicate", user=cast.chi, client_key=act, **_ON
    )
    return lambda: intake.undo_act(
        run_id=candidate.run_id, act=act, user=cast.chi, client_key=key(), **_ON
    )


def confirm_block(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.confirm_block(
        run_id=candidate.run_id,
        rows=[intake.Row(candidate.pk, 0, an_assignment())],
        whole=True,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def reject_block(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.reject_block(
        run_id=candidate.run_id,
        turns={candidate.pk: 0},
        reason="duplicate",
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def split_candidate(cast: Cast) -> Act:
    candidate = make_candidate("task", keeper=cast.city, user=cast.chi)
    return lambda: intake.split_candidate(
        candidate_id=candidate.pk,
        turn=0,
        place=candidate.start + 20,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def merge_candidates(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi)
    one, other = run.candidates.filter(kind="task").order_by("ordinal")
    return lambda: intake.merge_candidates(
        candidate_id=one.pk,
        turn=0,
        other_id=other.pk,
        other_turn=0,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


def add_candidate(cast: Cast) -> Act:
    run = make_run(keeper=cast.city, user=cast.chi)
    return lambda: intake.add_candidate(
        run_id=run.pk, kind="task", start=0, end=15, user=cast.chi, client_key=key(), **_ON
    )


def take_file(cast: Cast) -> Act:
    return lambda: intake.take_file(
        submission=Submission(content=TEXT.encode(), source_name="a.txt"),
        keeper=cast.city,
        user=cast.chi,
        client_key=key(),
        **_ON,
    )


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


def record_alone(cast: Cast) -> Act:
    """Not a service of its own: shows that the watch sees the journal move."""
    return lambda: journal.record("unit.created", Named("unit", key()), **_BY)


SCENARIOS: dict[str, Scenario] = {
    "accounts.create_user": create_user,
    "accounts.choose_language": choose_language,
    "accounts.close_account": close_account,
    "accounts.reopen_account": reopen_account,
    "accounts.give_password": give_password,
    "accounts.change_password": change_password,
    "journal.erase_subject": erase_subject,
    "files.store": store,
    "files.declare_no_secret": declare_no_secret,
    "files.clear_strays": clear_strays,
    "units.define_role": define_role,
    "units.create_tree": create_tree,
    "units.create_unit": create_unit,
    "units.place_unit": place_unit,
    "units.register_person": register_person,
    "units.create_post": create_post,
    "units.appoint": appoint,
    **DOCUMENT_SCENARIOS,
    **READING_SCENARIOS,
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
    "duties.climb_ladder": climb_ladder,
    "targets.draft_target": draft_target,
    "targets.withdraw_target": withdraw_target,
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
    "intake.reopen_candidate": reopen_candidate,
    "intake.undo_act": undo_act,
    "intake.confirm_block": confirm_block,
    "intake.reject_block": reject_block,
    "intake.split_candidate": split_candidate,
    "intake.merge_candidates": merge_candidates,
    "intake.add_candidate": add_candidate,
    "intake.take_file": take_file,
    "intake.end_learned_name": end_learned_name,
    "intake.find_lines": find_lines,
    "intake.measure_line": measure_line,
    "intake.queue_measuring": queue_measuring,
    "intake.decide_line": decide_line,
}
