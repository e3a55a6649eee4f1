"""Questions of sites in rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from uuid_utils.compat import uuid7

from lotrinh.rules.conferences.questions import QuestionState, QuestionStep
from lotrinh.web.formatting import named
from lotrinh.web.wording import word
from lotrinh.web.wording_of_concluding import QUESTIONS

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import Site
    from lotrinh.apps.dissemination.selectors import QuestionNow


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A question with what became of it; ``reason`` says why it was set aside.

    ``key`` is that of the form by which it is settled.
    """

    uid: UUID
    text: str
    unit_name: str
    at: datetime
    state: str
    state_words: str
    answer: str
    reason: str
    key: UUID


@dataclass(frozen=True, slots=True)
class AskingSite:
    """A site for which the reader may ask, with the key of its form."""

    uid: UUID
    name: str
    key: UUID


def asking_sites(found: "Iterable[Site]") -> list[AskingSite]:
    """Return the sites for which the reader may ask."""
    return [AskingSite(one.uid, named(one.unit), uuid7()) for one in found]


def asked_rows(found: "Iterable[QuestionNow]") -> list[AskedRow]:
    """Return questions as rows."""
    return [
        AskedRow(
            one.question.uid,
            one.question.text,
            named(one.question.site.unit),
            one.question.at,
            str(one.state),
            word(QUESTIONS, one.state),
            one.said(QuestionStep.ANSWER),
            one.said(QuestionStep.SET_ASIDE) if one.state is QuestionState.SET_ASIDE else "",
            uuid7(),
        )
        for one in found
    ]
