"""Conferences that carry documents to every unit: prepared, attended, concluded."""
