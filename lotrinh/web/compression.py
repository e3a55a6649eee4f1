"""Pages go over the wire compressed: officers of a commune sit at the end of thin lines.

Only pages are: a file that was handed in goes out just as it came in.
How long a compressed page is could tell somebody who listens whether words that he made its reader
ask for stand elsewhere on it; so each page is lengthened by chance, and no secret that a form
carries is printed twice alike.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages for whoever says that he takes them so."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the answer, compressed where it is a page that stands ready."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page or "Content-Disposition" in response.headers:
            return response
        return super().process_response(request, response)
