"""Ed25519 (RFC 8032): the key that signs the days of the journal, and whether it did.

The private key is 32 random bytes that lie outside the database (``config.environment``), so that
whoever can write to the database cannot sign for it.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def public_key(private: bytes) -> bytes:
    """Return the 32 bytes by which everybody can check what the private key signs."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, text: bytes) -> bytes:
    """Return the signature over a text, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(text)


def is_signed(public: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether the key that belongs to ``public`` made the signature over this text."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
