"""What tests of reporting share: a monthly report of two measures."""

from tests.reporting_stage import collection, families, handed_in, regime, report, schooled, tam

__all__ = ["collection", "families", "handed_in", "regime", "report", "schooled", "tam"]
