"""What is kept so that a document is found: its number in parts, the words that it holds."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from lotrinh.apps.documents.models.documents import Document
from lotrinh.apps.documents.models.texts import Rendition


class SearchEntry(models.Model):
    """How one document is found. All of it is derived and can be made anew at any time.

    ``count``, ``year``, ``symbol`` and ``series`` are the parts of the number that all its
    spellings share (`reading.NumberKey`). ``heading`` holds the words of number, title, type and
    issuer, ``words`` these and those of the text that counts. ``digest`` tells what they were
    made from. A merged stub has no entry.
    """

    document = models.OneToOneField(
        Document, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    rendition = models.ForeignKey(Rendition, models.CASCADE, null=True, related_name="+")
    count = models.CharField(max_length=8, blank=True)
    year = models.CharField(max_length=4, blank=True)
    symbol = models.CharField(max_length=10, blank=True)
    series = models.CharField(max_length=60, blank=True)
    heading = SearchVectorField()
    words = SearchVectorField()
    digest = models.CharField(max_length=32)

    class Meta:
        db_table = "documents_search_entry"
        indexes = [
            models.Index(fields=["count", "series"], name="documents_search_number"),
            GinIndex(fields=["heading"], name="documents_search_heading"),
            GinIndex(fields=["words"], name="documents_search_words"),
        ]
