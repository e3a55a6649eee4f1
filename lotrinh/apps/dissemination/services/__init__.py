"""What can be done with a conference: prepare it, open it, tell who is there, close it."""

from lotrinh.apps.dissemination.services.attending import (
    SiteAct,
    call_off,
    close_conference,
    open_conference,
    signal_link,
    tell_headcount,
)
from lotrinh.apps.dissemination.services.preparing import (
    Called,
    ConferenceSaid,
    ItemSaid,
    call_sites,
    drop_site,
    plan_conference,
    set_agenda,
    summon,
)
from lotrinh.apps.dissemination.services.refusals import (
    ClassUnknown,
    ConferenceChangedMeanwhile,
    KeyTaken,
    NoDocuments,
    NotAllowed,
    NotNow,
    NotSeen,
    SiteHasTold,
    TooMany,
)

__all__ = [
    "Called",
    "ClassUnknown",
    "ConferenceChangedMeanwhile",
    "ConferenceSaid",
    "ItemSaid",
    "KeyTaken",
    "NoDocuments",
    "NotAllowed",
    "NotNow",
    "NotSeen",
    "SiteAct",
    "SiteHasTold",
    "TooMany",
    "call_off",
    "call_sites",
    "close_conference",
    "drop_site",
    "open_conference",
    "plan_conference",
    "set_agenda",
    "signal_link",
    "summon",
    "tell_headcount",
]
