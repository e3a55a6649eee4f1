"""What reviews refuse."""

from lotrinh.rules.reviewing.quoting import Misquote


class NotAllowed(Exception):
    """The account has no right to this at the unit of the review."""


class CountedLater(Exception):
    """Duties are counted at the end of a day that has come, of no later one."""


class NoDocuments(Exception):
    """A review is of one document at least."""


class DocumentNotSeen(Exception):
    """A document that is named may not be read by the account."""


class SectionChangedMeanwhile(Exception):
    """Somebody else has written the section since it was read; ``text`` is what it says now."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__("section")


class FrameChangedMeanwhile(Exception):
    """Somebody else has changed what stands around the text since it was read."""


class NumberNotQuoted(Exception):
    """A text quotes what is no number of the list; ``found`` says what, and where it stands."""

    def __init__(self, found: tuple[Misquote, ...]) -> None:
        self.found = found
        super().__init__(", ".join(one.mark for one in found))


class WrongQuote(Exception):
    """Nothing of the kind can be said of this source."""


class TooManyQuotes(Exception):
    """The list of a review is full."""


class NoWords(Exception):
    """A comment says nothing."""


class NoReason(Exception):
    """An edition after the first says why it is made."""


class NothingChanged(Exception):
    """The review says what its last edition says."""


class KeyTaken(Exception):
    """What was sent under this key was something else."""
