"""Writing one step of many duties in a few statements: every row says what a single step would."""

from collections.abc import Iterable, Mapping

from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.services.steps import Act
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step

BATCH = 1000


def write_events(
    *,
    duties: Iterable[Duty],
    step: Step,
    before: DutyState,
    words: Mapping[int, dict[str, str]],
    act: Act,
) -> None:
    """Write the event of a step that left the words of all these duties as they were.

    ``words`` are by the id of the duty. The caller has set state and version.
    """
    DutyEvent.objects.bulk_create(
        (
            DutyEvent(
                duty=duty,
                step=step,
                from_state=before,
                to_state=TRANSITIONS[before, step],
                version=duty.version,
                by=act.user,
                at=act.at,
                on=act.on,
                client_key=act.client_key,
                words_before=words[duty.pk],
                words_after=words[duty.pk],
            )
            for duty in duties
        ),
        batch_size=BATCH,
    )
