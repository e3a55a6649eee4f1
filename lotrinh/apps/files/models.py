"""The tables of stored objects and of what was declared about them."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.append_only import append_only_triggers


def path_of(sha256: str) -> str:
    """Return where the storage keeps the bytes of this digest: ``ab/cd/<sha256>``."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class Blob(models.Model):
    """Bytes that are stored once. ``size`` is in bytes; ``media_type`` as found by content."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "files_blob"
        constraints = [
            models.CheckConstraint(
                name="files_blob_sha256", condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    @property
    def path(self) -> str:
        """Where the storage keeps it."""
        return path_of(self.sha256)


class Declaration(models.Model):
    """Somebody declared that the parts of a file that no program could read hold no State secret.

    ``pages`` are the pages without text ("3, 4"), ``pictures`` counts large pictures.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="declarations")
    pages = models.CharField(max_length=500, blank=True)
    pictures = models.PositiveIntegerField(default=0)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        db_table = "files_declaration"
        triggers = append_only_triggers()
