"""Writes of files."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named


@transaction.atomic
def store(*, content: bytes, media_type: str, actor: Named, at: datetime) -> Blob:
    """Keep ``content`` and return its row; the same bytes are kept once, however often they come.

    The caller has checked the right and the gate: what bears a mark of secrecy never comes here.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = Blob.objects.filter(sha256=digest).first()
    if known:
        return known
    blob = Blob(sha256=digest, size=len(content), media_type=media_type, stored_at=at)
    storage = storages["blobs"]
    if not storage.exists(blob.path):
        storage.save(blob.path, ContentFile(content))
    row, created = Blob.objects.get_or_create(
        sha256=digest,
        defaults={
            "uid": blob.uid,
            "size": blob.size,
            "media_type": media_type,
            "stored_at": at,
        },
    )
    if created:
        journal.record(
            "blob.stored", Named("blob", row.uid), actor=actor, at=at, data={"sha256": digest}
        )
    return row
