"""Writes of units: every unit, name, place, change, person, post and right begins here."""

from lotrinh.apps.units.services.changes import (
    ChangeNotAllowed,
    ChangeReached,
    LegalBasisMissing,
    WrongSuccession,
    abolish_unit,
    change_organisation,
    establish_unit,
    move_unit,
    rename_unit,
    undo_change,
)
from lotrinh.apps.units.services.groups import save_group
from lotrinh.apps.units.services.importing import ImportNotAllowed, import_units
from lotrinh.apps.units.services.importing_people import import_people
from lotrinh.apps.units.services.people import (
    AlreadyAppointed,
    DelegationNeedsEnd,
    EndsBeforeItBegins,
    appoint,
    create_post,
    delegate,
    end_appointment,
    register_person,
)
from lotrinh.apps.units.services.rights import (
    ActionUnknown,
    MandateNeedsPeople,
    define_role,
    give_mandate,
    record_reading,
)
from lotrinh.apps.units.services.setting_up import (
    AlreadyPlaced,
    CodeTaken,
    ParentNotInForce,
    add_name,
    create_tree,
    create_unit,
    number_unit,
    place_unit,
)

__all__ = [
    "ActionUnknown",
    "AlreadyAppointed",
    "AlreadyPlaced",
    "ChangeNotAllowed",
    "ChangeReached",
    "CodeTaken",
    "DelegationNeedsEnd",
    "EndsBeforeItBegins",
    "ImportNotAllowed",
    "LegalBasisMissing",
    "MandateNeedsPeople",
    "ParentNotInForce",
    "WrongSuccession",
    "abolish_unit",
    "add_name",
    "appoint",
    "change_organisation",
    "create_post",
    "create_tree",
    "create_unit",
    "define_role",
    "delegate",
    "end_appointment",
    "establish_unit",
    "give_mandate",
    "import_people",
    "import_units",
    "move_unit",
    "number_unit",
    "place_unit",
    "record_reading",
    "register_person",
    "rename_unit",
    "save_group",
    "undo_change",
]
