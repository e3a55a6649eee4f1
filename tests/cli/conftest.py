"""What tests of commands share: the cast."""

from tests.stage import cast

__all__ = ["cast"]
