"""Why something is not published, by the name of the refused fact."""


class MayNotPublish(Exception):
    """No post of this account says what the whole authority tells everybody."""


class NothingChosen(Exception):
    """Nothing is public yet and nothing was chosen: there is nothing to decide."""


class ReasonMissing(Exception):
    """Something that is public would not be any more, and nobody says why."""


class DecisionLater(Exception):
    """A decision is made before it is carried out."""


class ContentChanged(Exception):
    """What would be public is not what was shown: a figure was approved or corrected meanwhile."""


class KeyTaken(Exception):
    """The same key already belongs to another act."""
