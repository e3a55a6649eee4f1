"""One scenario for each service: what has to be there before, and the one call that is watched.

A scenario prepares and returns the act. A new service without a scenario fails the test beside
this file, so that nobody can write a service that the journal does not know.
"""

from collections.abc import Callable

from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from tests.architecture.account_scenarios import ACCOUNT_SCENARIOS
from tests.architecture.carrying_scenarios import CARRYING_SCENARIOS
from tests.architecture.concluding_scenarios import CONCLUDING_SCENARIOS
from tests.architecture.conference_scenarios import CONFERENCE_SCENARIOS, NO_CONFERENCE_SERVICE
from tests.architecture.deadline_scenarios import DEADLINES
from tests.architecture.desk_scenarios import DESK_SCENARIOS
from tests.architecture.document_scenarios import DOCUMENT_SCENARIOS
from tests.architecture.duty_scenarios import DUTY_SCENARIOS
from tests.architecture.founding_scenarios import FOUNDING_SCENARIOS
from tests.architecture.learning_scenarios import LEARNING_SCENARIOS
from tests.architecture.letter_scenarios import LETTER_SCENARIOS
from tests.architecture.life_scenarios import LIFE_SCENARIOS
from tests.architecture.programme_scenarios import NO_PROGRAMME_SERVICE, PROGRAMME_SCENARIOS
from tests.architecture.publishing_scenarios import PUBLISHING_SCENARIOS
from tests.architecture.reading_scenarios import READING_SCENARIOS
from tests.architecture.registry_scenarios import REGISTRY_SCENARIOS
from tests.architecture.reporting_scenarios import NO_REPORTING_SERVICE, REPORTING_SCENARIOS
from tests.architecture.review_scenarios import REVIEW_SCENARIOS
from tests.architecture.step_scenarios import NO_STEP_SERVICE, STEP_SCENARIOS
from tests.architecture.stream_scenarios import NO_STREAM_SERVICE, STREAM_SCENARIOS
from tests.architecture.target_scenarios import NO_TARGET_SERVICE, TARGET_SCENARIOS
from tests.architecture.unit_scenarios import UNIT_SCENARIOS
from tests.cast import Cast
from tests.factories import NOW, key

Act = Callable[[], object]
Scenario = Callable[[Cast], Act]

_NO_STEPS = NO_STEP_SERVICE | NO_TARGET_SERVICE | NO_REPORTING_SERVICE | NO_CONFERENCE_SERVICE
_NO_STEPS |= NO_PROGRAMME_SERVICE
_NO_STEPS |= NO_STREAM_SERVICE

NO_SERVICE = _NO_STEPS | {
    "intake.keep_typed": "keeps what somebody is typing for himself; nothing is decided by it",
    "intake.keep_typed_for_all": "the same, for many proposals",
    "intake.be_present": "keeps when somebody was last at a desk, to be forgotten in a minute",
    "intake.candidate_in_turn": "a step inside the services of decisions",
    "intake.run_for_decider": "a question of right, asked by the services of decisions",
    "intake.ask_again": "a step of undoing, which its act records",
    "intake.hand_on_typed": "a step of taking and undoing, which their acts record",
    "intake.take_turns": "waits for others and writes nothing",
    "intake.require_open": "a question, asked by the services of decisions",
    "intake.decide": "writes a decision for the services named here, with its entry",
    "intake.liken": "a step of reading, which is watched; what it finds decides nothing",
    "intake.propose": "a step of adding, splitting, taking, which their acts record",
    "intake.replace_by": "a step of splitting, merging and taking, which is watched",
    "intake.tally": "writes only what can be made anew from the decisions",
    "intake.recount_rules": "the same for every rule; it must change nothing",
    "intake.digest": "pure: the digest of the words that are confirmed",
    "intake.draft_of_task": "a step of confirm_task and confirm_block, which are watched",
    "intake.draft_of_target": "a step of confirm_target and confirm_block, which are watched",
    "intake.learn_from": "a step of confirming, which its act records",
    "duties.fold_tallies": "writes only what can be made anew from the duties",
    "duties.recount_duties": "the same; it must change nothing",
    "duties.source_columns": "pure: the columns of a source that its deadline fills",
    "accounts.use_key": "counts how often a program asks; what it then does is recorded",
    "accounts.answer_once": "keeps the answer and the key of an act, which its own entry records",
    "accounts.forget_answers": "forgets answers that nobody can ask for any more",
    "hooks.queue_deliveries": "queues what can be found again from the steps of duties",
    "hooks.send_next": "keeps what came of a delivery beside it; nothing of ours is decided",
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
    "duties.require_assignable": "asks a right and writes nothing",
    "duties.require_within": "compares two deadlines and writes nothing",
    "journal.leaf_hash": "pure: the hash of a payload",
    "journal.reference": "pure: the uid of a code",
    "journal.seal_entries": "seals what is there; an entry of its own would ask for a further seal",
    "journal.sign_days": "signs what is sealed; the signature itself is what is kept",
    "journal.record": "writes the entry itself",
    "journal.record_all": "writes the entries themselves",
    "journal.name_subject": "called only by services that record why there is a name (see below)",
}
"""Public functions that are held to other promises, each with the reason."""

QUEUE_ONLY = {"intake.enqueue", "intake.resume_waiting_runs", "intake.queue_measuring"}
"""Services that write nothing but jobs, which are derived from the waiting runs."""

_BY = {"actor": SYSTEM, "at": NOW}


def record_alone(cast: Cast) -> Act:
    """Not a service of its own: shows that the watch sees the journal move."""
    return lambda: journal.record("unit.created", Named("unit", key()), **_BY)


SCENARIOS: dict[str, Scenario] = {
    **ACCOUNT_SCENARIOS,
    **FOUNDING_SCENARIOS,
    **STEP_SCENARIOS,
    **CARRYING_SCENARIOS,
    **TARGET_SCENARIOS,
    **UNIT_SCENARIOS,
    **REGISTRY_SCENARIOS,
    **DOCUMENT_SCENARIOS,
    **DUTY_SCENARIOS,
    **LETTER_SCENARIOS,
    **LIFE_SCENARIOS,
    **DESK_SCENARIOS,
    **READING_SCENARIOS,
    **LEARNING_SCENARIOS,
    **REPORTING_SCENARIOS,
    **REVIEW_SCENARIOS,
    **CONFERENCE_SCENARIOS,
    **PROGRAMME_SCENARIOS,
    **CONCLUDING_SCENARIOS,
    **STREAM_SCENARIOS,
    **PUBLISHING_SCENARIOS,
    **DEADLINES,
}
