"""Writes of files."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.files.models import Blob, Declaration, path_of
from lotrinh.apps.files.storage import DurableFolder
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.turns import take_turn

_LONGEST = 500  # characters of the list of pages


@transaction.atomic
def store(*, content: bytes, media_type: str, actor: Named, at: datetime) -> Blob:
    """Keep ``content`` and return its row; the same bytes are kept once, however often they come.

    The bytes are durable before the row is written: where the storage fails no row is left. The
    caller has checked the right and the gate: what bears a mark of secrecy never comes here.
    """
    digest = hashlib.sha256(content).hexdigest()
    known = Blob.objects.filter(sha256=digest).first()
    if known:
        return known
    take_turn("blob", digest)  # what an earlier try left is not removed meanwhile
    blob = Blob(sha256=digest, size=len(content), media_type=media_type, stored_at=at)
    storage = storages["blobs"]
    if not _is_whole(storage, blob):
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


def _is_whole(storage: Storage, blob: Blob) -> bool:
    """Tell whether the object is there from an earlier try, in its full length."""
    return storage.exists(blob.path) and storage.size(blob.path) == blob.size


@transaction.atomic
def declare_no_secret(
    *, blob: Blob, pages: str, pictures: int, user: User, at: datetime
) -> Declaration:
    """Keep that ``user`` declared the unread parts of a file free of State secrets.

    ``pages`` are numbers of pages without text, as "3, 4", and ``pictures`` is how many pictures
    are as large as half a page. Nobody can take the declaration back. The caller has checked the
    right to hand the file in.
    """
    declaration = Declaration.objects.create(
        blob=blob, pages=pages[:_LONGEST], pictures=pictures, declared_by=user, declared_at=at
    )
    journal.record(
        "blob.declared",
        Named("blob", blob.uid),
        actor=user.named,
        at=at,
        data={"sha256": blob.sha256, "pages": declaration.pages, "pictures": pictures},
    )
    return declaration


@transaction.atomic
def clear_strays(*, before: datetime, at: datetime) -> int:
    """Remove what writes that were cut off before the instant ``before`` left; return how many.

    Such a part has no row and never had its final name. Other storages than a folder clear their
    own.
    """
    storage = storages["blobs"]
    if not isinstance(storage, DurableFolder):
        return 0
    removed = storage.remove_strays(before)
    if removed:
        journal.record("blob.strays_removed", SYSTEM, actor=SYSTEM, at=at, data={"count": removed})
    return removed


@transaction.atomic
def remove_unclaimed(*, sha256: str, before: datetime, at: datetime) -> bool:
    """Remove stored bytes that no row knows and that were written before an instant.

    Return whether they were there and are gone. What is being handed in at this moment is waited
    for, and stays. Other storages than a folder clear their own.
    """
    storage = storages["blobs"]
    if not isinstance(storage, DurableFolder):
        return False
    take_turn("blob", sha256)
    path = path_of(sha256)
    if Blob.objects.filter(sha256=sha256).exists() or not storage.exists(path):
        return False
    if storage.get_modified_time(path) >= before:
        return False
    size = storage.size(path)
    storage.delete(path)
    journal.record(
        "blob.unclaimed_removed",
        SYSTEM,
        actor=SYSTEM,
        at=at,
        data={"sha256": sha256, "size": size},
    )
    return True
