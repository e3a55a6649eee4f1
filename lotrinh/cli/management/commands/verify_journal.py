"""Verifies the sealed journal and tells as JSON what it found; writes an export where asked."""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lotrinh.apps.journal import selectors
from lotrinh.apps.journal.held import HeldUnreadable
from lotrinh.apps.journal.selectors import Audited
from lotrinh.apps.journal.signing import public_key


class Command(BaseCommand):
    """Only reads; where a proof is asked for, that is all that is told."""

    stealth_options = ("export", "held", "trusted", "proof")

    def handle(self, *args: Any, **options: Any) -> str:
        """Return what was looked at and found, or which file could not be read or written."""
        if options["proof"]:
            return json.dumps({"proof": selectors.exported_proof(entry_uid=options["proof"])})
        own = public_key(settings.LOTRINH_SEAL_KEY)
        trusted = [bytes.fromhex(key) for key in options["trusted"]] or [own]
        held = Path(options["held"] or settings.LOTRINH_SEALS_HELD)
        lines = 0
        try:
            if options["export"]:
                lines = _export(Path(options["export"]), own)
            found = selectors.audit_journal(trusted=trusted, held=held)
        except (OSError, HeldUnreadable) as error:
            return json.dumps({"unreadable": str(error)})
        return json.dumps(_told(found) | {"public_key": own.hex(), "exported": lines})


def _export(path: Path, own: bytes) -> int:
    """Write the export, for our own user alone; nothing half-written bears its name."""
    part = path.with_name(f"{path.name}.part")
    count = 0
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        for line in selectors.exported(public_key=own):
            out.write(f"{line}\n")
            count += 1
    part.replace(path)
    return count


def _told(found: Audited) -> dict[str, Any]:
    last = found.last
    return {
        "entries": found.counted.entries,
        "seals": found.counted.seals,
        "unsealed": found.counted.unsealed,
        "last": {"number": last.said.number, "head": last.head.hex()} if last else None,
        "signed_through": found.signed_through.isoformat() if found.signed_through else None,
        "findings": [{"flaw": one.flaw, "place": one.place} for one in found.findings],
    }
