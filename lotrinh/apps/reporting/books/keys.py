"""The key of a workbook, signed: nobody can make one for another unit or period."""

from dataclasses import asdict

from django.core.signing import BadSignature, Signer

from lotrinh.rules.books import BookKey

_SALT = "lotrinh.reporting.books"


def signed(key: BookKey) -> str:
    """Return a key as a workbook carries it; the same key is the same text."""
    return Signer(salt=_SALT).sign_object(asdict(key))


def key_of(text: str) -> BookKey | None:
    """Return the key that a workbook carried; None where it was not signed here."""
    try:
        held = Signer(salt=_SALT).unsign_object(text)
        return BookKey(**held)
    except (BadSignature, TypeError, ValueError):
        return None
