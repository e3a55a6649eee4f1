"""Lotrinh: from resolution to result."""
