"""Prints official texts, as Word files and as PDF. Knows texts and forms, no tables."""

from lotrinh.apps.reviews.printing.fonts import FontsNotBuilt
from lotrinh.apps.reviews.printing.office import TemplateFaulty, TemplateFlaw
from lotrinh.apps.reviews.printing.paper import SignUnprintable, pdf
from lotrinh.apps.reviews.printing.template import office_template
from lotrinh.apps.reviews.printing.word import docx

__all__ = [
    "FontsNotBuilt",
    "SignUnprintable",
    "TemplateFaulty",
    "TemplateFlaw",
    "docx",
    "office_template",
    "pdf",
]
