"""What the tests of the whole house may ask for."""

from tests.stage import blobs, cast

__all__ = ["blobs", "cast"]
