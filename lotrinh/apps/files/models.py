"""The table of stored objects."""

from django.db import models
from uuid_utils.compat import uuid7


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
        """Where the storage keeps it: ``ab/cd/<sha256>``."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
