"""Writes of targets: drafted, described, divided among units, decided."""

from lotrinh.apps.targets.services.allocating import (
    Among,
    amend_allocation,
    consult_units,
    draft_allocation,
    withdraw_allocation,
)
from lotrinh.apps.targets.services.answering import answer_consultation
from lotrinh.apps.targets.services.deciding import decide_allocation
from lotrinh.apps.targets.services.describing import (
    Description,
    MeasureFacts,
    describe_target,
)
from lotrinh.apps.targets.services.drafting import (
    Promise,
    add_source,
    amend_target,
    draft_target,
    withdraw_target,
)
from lotrinh.apps.targets.services.refusals import (
    AllocationChangedMeanwhile,
    AllocationOpen,
    DifferenceUnexplained,
    NoDocument,
    NoReason,
    NoShares,
    NotAllowed,
    NothingToDivide,
    RangeUpsideDown,
    ServesItself,
    ShareMissing,
    ShareStranger,
    StepNotOpen,
    TargetAllocated,
    TargetChangedMeanwhile,
    UnitsEnded,
)
from lotrinh.apps.targets.services.sharing import Division, Given

__all__ = [
    "AllocationChangedMeanwhile",
    "AllocationOpen",
    "Among",
    "Description",
    "DifferenceUnexplained",
    "Division",
    "Given",
    "MeasureFacts",
    "NoDocument",
    "NoReason",
    "NoShares",
    "NotAllowed",
    "NothingToDivide",
    "Promise",
    "RangeUpsideDown",
    "ServesItself",
    "ShareMissing",
    "ShareStranger",
    "StepNotOpen",
    "TargetAllocated",
    "TargetChangedMeanwhile",
    "UnitsEnded",
    "add_source",
    "amend_allocation",
    "amend_target",
    "answer_consultation",
    "consult_units",
    "decide_allocation",
    "describe_target",
    "draft_allocation",
    "draft_target",
    "withdraw_allocation",
    "withdraw_target",
]
