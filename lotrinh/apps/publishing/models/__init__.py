"""Tables of publications: the record of them, and what is public now."""

from lotrinh.apps.publishing.models.public import (
    PublicHeading,
    PublicPaper,
    PublicPart,
    PublicPromise,
    PublicStep,
)
from lotrinh.apps.publishing.models.record import PublicationRecord

__all__ = [
    "PublicHeading",
    "PublicPaper",
    "PublicPart",
    "PublicPromise",
    "PublicStep",
    "PublicationRecord",
]
