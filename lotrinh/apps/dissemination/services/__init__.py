"""What can be done with a conference: prepare it, open it, tell who is there, close it."""

from lotrinh.apps.dissemination.services.admitting import (
    MOST_AT_ONCE,
    Door,
    Shown,
    admit,
    fold_arrivals,
    recount_arrivals,
)
from lotrinh.apps.dissemination.services.attending import (
    SiteAct,
    call_off,
    close_conference,
    open_conference,
    signal_link,
    tell_headcount,
)
from lotrinh.apps.dissemination.services.classes import ClassSaid, keep_class
from lotrinh.apps.dissemination.services.naming import Named, call_delegates, renew_pass
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
    NotByName,
    NotNow,
    NotSeen,
    SiteHasTold,
    TooMany,
)
from lotrinh.apps.dissemination.services.telling import CHANNEL

__all__ = [
    "CHANNEL",
    "MOST_AT_ONCE",
    "Called",
    "ClassSaid",
    "ClassUnknown",
    "ConferenceChangedMeanwhile",
    "ConferenceSaid",
    "Door",
    "ItemSaid",
    "KeyTaken",
    "Named",
    "NoDocuments",
    "NotAllowed",
    "NotByName",
    "NotNow",
    "NotSeen",
    "Shown",
    "SiteAct",
    "SiteHasTold",
    "TooMany",
    "admit",
    "call_delegates",
    "call_off",
    "call_sites",
    "close_conference",
    "drop_site",
    "fold_arrivals",
    "keep_class",
    "open_conference",
    "plan_conference",
    "recount_arrivals",
    "renew_pass",
    "set_agenda",
    "signal_link",
    "summon",
    "tell_headcount",
]
