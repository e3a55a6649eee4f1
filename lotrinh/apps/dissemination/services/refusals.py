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


class DayPassed(Exception):
    """A day that is past is no deadline."""


class NobodyOwes(Exception):
    """No unit is left of the group, or of those that have sites."""


class SameDocument(Exception):
    """The document that is carried out is nobody's own programme."""


class NotIssued(Exception):
    """Only a programme with number and day of issue is reviewed, and that once."""


class SamePerson(Exception):
    """Nobody reviews what he linked, or closes the question that he answered."""


class NoWords(Exception):
    """A question, an answer and a closing say something in words."""


class QuestionClosed(Exception):
    """The question was closed before."""


class NotAnswered(Exception):
    """Before the unit has spoken nothing that it said can explain anything."""


class NothingRevised(Exception):
    """The unit has linked no other text since it was asked."""


class NothingSaid(Exception):
    """A question, an answer or a reason has no words."""


class NothingConcluded(Exception):
    """No conclusion was written that a notice could announce."""


class MoreThanDue(Exception):
    """More reflections were handed in than are due: one of the two is a slip of the hand."""
