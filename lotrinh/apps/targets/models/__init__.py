"""Tables of measures and targets, and of how a target is divided among units."""

from lotrinh.apps.targets.models.allocations import Allocation, AllocationEvent, AllocationShare
from lotrinh.apps.targets.models.targets import InterimValue, Measure, Target, TargetSource

__all__ = [
    "Allocation",
    "AllocationEvent",
    "AllocationShare",
    "InterimValue",
    "Measure",
    "Target",
    "TargetSource",
]
