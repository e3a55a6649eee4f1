"""Prints official texts, as Word files and as PDF. Knows texts and forms, no tables."""

from lotrinh.apps.reviews.printing.paper import pdf

__all__ = ["pdf"]
from collections.abc import Callable

docx = pdf  # until it comes
