"""Every step of a duty's life, each after the steps that lead to it."""

from collections.abc import Callable, Iterable

from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.rules.duty_states import Step
from tests.architecture.walking import take, walked
from tests.cast import Cast

Act = Callable[[], object]

_WAYS: dict[str, tuple[Step, ...]] = {
    "accept_duty": (Step.ACCEPT,),
    "refuse_duty": (Step.REFUSE,),
    "release_duty": (Step.REFUSE, Step.RELEASE),
    "uphold_duty": (Step.REFUSE, Step.UPHOLD),
    "report_progress": (Step.REPORT,),
    "claim_duty": (Step.CLAIM,),
    "verify_duty": (Step.CLAIM, Step.VERIFY),
    "return_duty": (Step.CLAIM, Step.RETURN),
    "contest_return": (Step.CLAIM, Step.RETURN, Step.CONTEST),
    "overrule_return": (Step.CLAIM, Step.RETURN, Step.CONTEST, Step.OVERRULE),
    "dismiss_contest": (Step.CLAIM, Step.RETURN, Step.CONTEST, Step.DISMISS),
    "reopen_duty": (Step.CLAIM, Step.VERIFY, Step.REOPEN),
    "ask_extension": (Step.ASK,),
    "extend_duty": (Step.ASK, Step.EXTEND),
    "decline_extension": (Step.ASK, Step.DECLINE),
    "suspend_duty": (Step.SUSPEND,),
    "resume_duty": (Step.SUSPEND, Step.RESUME),
    "cancel_duty": (Step.CANCEL,),
    "transfer_duty": (Step.TRANSFER,),
    "hand_to_person": (Step.HAND,),
    "instruct_on": (Step.INSTRUCT,),
    "remind_of": (Step.REMIND,),
}
"""What is done to a duty after it was issued; the last step is the service of that name."""


def _scenario(ways: Iterable[Step]) -> Callable[[Cast], Act]:
    *before, last = ways

    def prepare(cast: Cast) -> Act:
        duty: Duty = walked(cast, (Step.ISSUE, *before))
        return lambda: take(last, duty, cast)

    return prepare


STEP_SCENARIOS = {f"duties.{name}": _scenario(ways) for name, ways in _WAYS.items()}

NO_STEP_SERVICE = {
    "duties.write_events": "a step of acts on many duties, which are watched",
    "duties.take": "takes a step for the services named after it, with its entry",
    "duties.keep_step": "writes a step for the services named after it, with its entry",
    "duties.locked": "waits for others and writes nothing",
    "duties.taken": "a question, asked by the services of steps",
    "duties.last_event": "a question, asked by the services of steps",
    "duties.require": "a question of right, asked by the services of steps",
    "duties.require_side": "a question of right, asked by the services of steps",
    "duties.require_ready": "a question, asked by the services of steps",
    "duties.right_for": "says by which right a step is taken and writes nothing",
    "duties.columns_of": "pure: the columns that the words of a duty fill",
    "duties.words_of": "pure: what a duty says, as its events keep it",
}

assert set(_WAYS) <= set(duties.__all__)
