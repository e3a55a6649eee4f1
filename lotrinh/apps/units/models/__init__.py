"""Tables of units: trees, names, changes, people, rights."""

from lotrinh.apps.units.models.changes import Change, Succession
from lotrinh.apps.units.models.groups import Group
from lotrinh.apps.units.models.names import NameKind, UnitCode, UnitName
from lotrinh.apps.units.models.people import Appointment, HeldAs, Person, Post, within
from lotrinh.apps.units.models.rights import Mandate, Purpose, Role
from lotrinh.apps.units.models.trees import Placement, Tree, Unit

__all__ = [
    "Appointment",
    "Change",
    "Group",
    "HeldAs",
    "Mandate",
    "NameKind",
    "Person",
    "Placement",
    "Post",
    "Purpose",
    "Role",
    "Succession",
    "Tree",
    "Unit",
    "UnitCode",
    "UnitName",
    "within",
]
