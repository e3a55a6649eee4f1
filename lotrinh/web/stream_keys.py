"""The keys of a conference's stream, by the secret of this installation."""

from uuid import UUID

from django.conf import settings

from lotrinh.apps.dissemination.streams import StreamKeys, stream_keys


def keys_for(conference: UUID) -> StreamKeys:
    """Return the keys of a conference's stream."""
    return stream_keys(settings.SECRET_KEY.encode(), conference)
