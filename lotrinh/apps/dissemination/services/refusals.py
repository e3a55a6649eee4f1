"""Why something of a conference cannot be done."""


class NotAllowed(Exception):
    """The account may not do this there on that day."""


class KeyTaken(Exception):
    """The form was sent by somebody else, or for something else."""


class NotSeen(Exception):
    """A document or a post is named that the account may not see."""


class NoDocuments(Exception):
    """A conference carries at least one document."""


class ConferenceChangedMeanwhile(Exception):
    """Somebody else changed the conference since it was read."""


class NotNow(Exception):
    """The conference is past, or has not come to, what this needs."""


class SiteHasTold(Exception):
    """A site that has told of anybody stays: its count is part of what was counted."""


class ClassUnknown(Exception):
    """Delegates are named by a class that is not counted, or not any more."""


class TooMany(Exception):
    """More delegates than a site can hold: a slip of the hand rather than a crowd."""


class NotByName(Exception):
    """The conference counts heads; nobody's name is asked for."""


class NothingSaid(Exception):
    """A question, an answer or a reason has no words."""


class NothingConcluded(Exception):
    """No conclusion was written that a notice could announce."""


class MoreThanDue(Exception):
    """More reflections were handed in than are due: one of the two is a slip of the hand."""
