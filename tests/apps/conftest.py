"""What the tests of services may ask for."""

from tests.stage import blobs, cast

__all__ = ["blobs", "cast"]
