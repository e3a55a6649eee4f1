"""Passwords of tests: kept as everywhere, and stirred a thousand times less long."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """Django's first choice, with so few rounds that a test may give many passwords."""

    iterations = 1_000
