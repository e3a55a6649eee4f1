"""A duty is walked through its life by the services, each step by who may take it.

Hồ Sen district owes it to the city: its officer Hà does, Chi of the planning office judges, and
the leader Thạch judges what is judged a level higher.
"""

from datetime import date

from lotrinh.apps.duties import services
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.models import Group
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.duty_states import (
    BY_DOCUMENT,
    TRANSITIONS,
    WHO,
    WITH_REASON,
    DutyState,
    Side,
    Step,
)
from tests.factories import NOW, TODAY, act, an_assignment, make_duty, make_tree

SERVICES = {
    Step.AMEND: services.amend_draft,
    Step.ISSUE: services.issue_duty,
    Step.WITHDRAW: services.withdraw_draft,
    Step.SPREAD: services.spread_duty,
    Step.GATHER: services.gather_duty,
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


def duty_in(state, cast, step=None):
    """Return a duty that came into this state by the services, with more time asked for.

    For ``GATHER``, which is for what nobody has acted on, a duty that a group was given.
    """
    if (state, step) == (DutyState.ISSUED, Step.GATHER):
        return walked(cast, [Step.SPREAD]).parts.get()
    asked = ((step, Step.ASK) if step is Step.ISSUE else (step,) for step in way_to(state))
    return walked(cast, [step for steps in asked for step in steps])


def said_with(step, duty):
    """Return what a step needs in its act beside who takes it."""
    said = {}
    if step in WITH_REASON:
        said["note"] = "vì lý do đã nêu"
    if step is Step.CLAIM:
        said["note"] = "kế hoạch đã ban hành"
    if step in BY_DOCUMENT:
        said["basis"] = duty.sources.get().rendition.document
    return said


def more_for(step, cast):
    """Return what a step needs beside its act."""
    more = {}
    if step is Step.AMEND:
        more["assignment"] = an_assignment(cast.ho_sen, cast.person(cast.ha))
    if step is Step.ASK:
        more["until"] = ASKED
    if step is Step.TRANSFER:
        more |= {"unit": cast.dong_gao, "person": cast.person(cast.khe)}
    if step is Step.HAND:
        more["person"] = cast.person(cast.ha)
    if step is Step.SPREAD:
        more["carrying"] = services.Carrying(group=group_of(cast), as_of=TODAY)
    return more


def group_of(cast):
    """Return the saved group of one district."""
    known = Group.objects.filter(code="mot-quan").first()
    return known or save_group(
        code="mot-quan",
        choice=Choice(name_vi="Một quận", name_en="One", tree=make_tree(), added=[cast.ho_sen]),
        actor=SYSTEM,
        at=NOW,
    )


def take(step, duty, cast):
    user = {Side.OWER: cast.ha, Side.CREDITOR: cast.chi, Side.ABOVE: cast.thach}[WHO[step]]
    said = act(user, duty.version, **said_with(step, duty))
    return SERVICES[step](duty_id=duty.pk, act=said, **more_for(step, cast))
