"""Measures and the values that they are to reach, with the sentence that says so.

A target begins as a draft that says what it still lacks: a baseline, a unit that leads, or how its
measure adds up. Plan, estimate and actual are never mixed; values are Decimal in base units.
"""
