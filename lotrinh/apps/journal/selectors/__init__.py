"""Reads of the journal: the history of an object, its seals, and whether they still fit."""

from lotrinh.apps.journal.selectors.auditing import Audited, audit_journal
from lotrinh.apps.journal.selectors.exporting import exported, exported_proof
from lotrinh.apps.journal.selectors.history import (
    Line,
    Told,
    entries_of,
    history,
    kept_name,
    names_of,
    said_by,
)
from lotrinh.apps.journal.selectors.proofs import Proof, proof_of
from lotrinh.apps.journal.selectors.seals import LastSeal, seal_on, unsealed_since

__all__ = [
    "Audited",
    "LastSeal",
    "Line",
    "Proof",
    "Told",
    "audit_journal",
    "entries_of",
    "exported",
    "exported_proof",
    "history",
    "kept_name",
    "names_of",
    "proof_of",
    "said_by",
    "seal_on",
    "unsealed_since",
]
