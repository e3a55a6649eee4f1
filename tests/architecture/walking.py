"""A duty is walked through its life by the services, each step by who may take it.

Hồ Sen district owes it to the city: its officer Hà does, Chi of the planning office judges, and
the leader Thạch judges what is judged a level higher.
"""

from datetime import date

from lotrinh.apps.duties import services
from lotrinh.rules.duty_states import (
    BY_DOCUMENT,
    TRANSITIONS,
    WHO,
    WITH_REASON,
    DutyState,
    Side,
    Step,
)
from tests.factories import NOW, TODAY, an_assignment, key, make_duty

SERVICES = {
    Step.AMEND: services.amend_draft,
    Step.ISSUE: services.issue_duty,
    Step.WITHDRAW: services.withdraw_draft,
    Step.ACCEPT: services.accept_duty,
    Step.REFUSE: services.refuse_duty,
    Step.RELEASE: services.release_duty,
    Step.UPHOLD: services.uphold_duty,
    Step.REPORT: services.report_progress,
    Step.CLAIM: services.claim_duty,
    Step.VERIFY: services.verify_duty,
    Step.RETURN: services.return_duty,
    Step.CONTEST: services.contest_return,
    Step.OVERRULE: services.overrule_return,
    Step.DISMISS: services.dismiss_contest,
    Step.REOPEN: services.reopen_duty,
    Step.ASK: services.ask_extension,
    Step.EXTEND: services.extend_duty,
    Step.DECLINE: services.decline_extension,
    Step.SUSPEND: services.suspend_duty,
    Step.RESUME: services.resume_duty,
    Step.CANCEL: services.cancel_duty,
    Step.TRANSFER: services.transfer_duty,
    Step.HAND: services.hand_to_person,
    Step.INSTRUCT: services.instruct_on,
    Step.REMIND: services.remind_of,
}
ASKED = date(2025, 3, 1)


def way_to(state):
    """Return the fewest steps that lead from a draft to a state."""
    ways = {DutyState.DRAFT: ()}
    while state not in ways:
        for (source, step), to in TRANSITIONS.items():
            if source in ways and to not in ways:
                ways[to] = (*ways[source], step)
    return ways[state]


def walked(cast, steps):
    """Return a duty of Hồ Sen district to the city after these steps from the draft on."""
    duty = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha)
    )
    for step in steps:
        duty = take(step, duty, cast)
    return duty


def duty_in(state, cast):
    """Return a duty that came into this state by the services, with more time asked for."""
    asked = ((step, Step.ASK) if step is Step.ISSUE else (step,) for step in way_to(state))
    return walked(cast, [step for steps in asked for step in steps])


def more_for(step, duty, cast):
    """Return what a step needs beside the duty and who takes it."""
    more = {}
    if step in WITH_REASON:
        more["note"] = "vì lý do đã nêu"
    if step is Step.AMEND:
        more["assignment"] = an_assignment(cast.ho_sen, cast.person(cast.ha))
    if step is Step.CLAIM:
        more["note"] = "kế hoạch đã ban hành"
    if step is Step.ASK:
        more["until"] = ASKED
    if step in BY_DOCUMENT:
        more["basis"] = duty.sources.get().rendition.document
    if step is Step.TRANSFER:
        more |= {"unit": cast.dong_gao, "person": cast.person(cast.khe)}
    if step is Step.HAND:
        more["person"] = cast.person(cast.ha)
    return more


def take(step, duty, cast):
    user = {Side.OWER: cast.ha, Side.CREDITOR: cast.chi, Side.ABOVE: cast.thach}[WHO[step]]
    return SERVICES[step](
        duty_id=duty.pk,
        version=duty.version,
        user=user,
        client_key=key(),
        on=TODAY,
        at=NOW,
        **more_for(step, duty, cast),
    )
