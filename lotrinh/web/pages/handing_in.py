"""Files that a form hands in, on their way through the gate; refusals are said on the form."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.text import NotDeclared, SecretMarked, TooLong
from lotrinh.reading.readers import Unreadable
from lotrinh.web import clock
from lotrinh.web.forms.documents import too_long
from lotrinh.web.forms.steps import HandsInFiles
from lotrinh.web.presenters import unreadable

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.files.models import Blob
    from lotrinh.apps.intake.services import Submission
    from lotrinh.apps.units.models import Unit


def through_gate(
    form: HandsInFiles,
    take: "Callable[[Submission], Blob]",
    *,
    keeper: "Unit",
    user: "User",
) -> "list[tuple[Blob, str]] | None":
    """Let ``take`` keep each file; None, and the reason on the form, where one is refused."""
    kept: list[tuple[Blob, str]] = []
    for handed in form.submissions():
        name = handed.source_name
        try:
            kept.append((take(handed), name))
        except intake.NotAllowed as refused:
            raise PermissionDenied from refused
        except SecretMarked as refused:
            intake.refuse_secret(sha256=refused.sha256, keeper=keeper, user=user, at=clock.now())
            form.add_error("file", _secret(refused))
        except NotDeclared:
            form.asks_declaration = True
            form.add_error(
                "file",
                _(
                    "“%(name)s” holds a picture, in which no mark of secrecy can be looked for. "
                    "Look at it, tick the declaration below, and choose the files once more."
                )
                % {"name": name},
            )
        except TooLong:
            form.add_error("file", f"{name}: {too_long()}")
        except Unreadable as refused:
            form.add_error("file", f"{name}: {unreadable.sentence(refused)}")
    return None if form.errors else kept


def _secret(refused: SecretMarked) -> str:
    return _(
        "A file bears the mark %(mark)s. It was not stored; only the fact of the refusal and a "
        "digest were recorded. Handle it by the rules on State secrets, on a machine apart."
    ) % {"mark": refused.mark.value}
