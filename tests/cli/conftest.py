"""What tests of commands share: the cast, and a store of files of their own."""

from tests.stage import blobs, cast

__all__ = ["blobs", "cast"]
