"""Conferences: prepared, attended, counted once."""
