"""Tells as JSON what the server of a stream needs to know: its name, its keys, who is asked."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination.streams import stream_keys
from lotrinh.rules.conferences.streams import stream_of


class Command(BaseCommand):
    """Only reads. What is told holds keys: it is handed on within the process and printed never."""

    stealth_options = ("conference",)

    def handle(self, *args: Any, **options: Any) -> str:
        """Return the name and the keys of the stream; null where there is no such conference."""
        conference = dissemination.conference_to_stream(options["conference"])
        if conference is None:
            return json.dumps(None)
        keys = stream_keys(settings.SECRET_KEY.encode(), conference.uid)
        here = {"uid": conference.uid}
        return json.dumps(
            {
                "stream": stream_of(conference.uid),
                "publishing": keys.publishing,
                "watching": keys.watching,
                "asking": keys.asking,
                "address": settings.LOTRINH_ADDRESS,
                "page": f"{settings.LOTRINH_ADDRESS}{reverse('conference-stream', kwargs=here)}",
                "watch": f"{settings.LOTRINH_ADDRESS}{reverse('conference-watch', kwargs=here)}",
            }
        )
