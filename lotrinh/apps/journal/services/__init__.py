"""Writes of the journal: entries are added and sealed, subjects named and erased."""

from lotrinh.apps.journal.services.recording import (
    SOMEBODY,
    SYSTEM,
    Act,
    Named,
    SubjectErased,
    SubjectUnknown,
    Value,
    erase_subject,
    leaf_hash,
    name_subject,
    record,
    record_all,
    reference,
)
from lotrinh.apps.journal.services.sealing import BATCH, Outcome, seal_entries, sign_days

__all__ = [
    "BATCH",
    "SOMEBODY",
    "SYSTEM",
    "Act",
    "Named",
    "Outcome",
    "SubjectErased",
    "SubjectUnknown",
    "Value",
    "erase_subject",
    "leaf_hash",
    "name_subject",
    "record",
    "record_all",
    "reference",
    "seal_entries",
    "sign_days",
]
