"""The grid of a report as it is sent: what was changed, over what, in which language.

A cell is changed where it says something else than the entry of which the form was made. What is
not sent at all stays as it is, so that one cell is sent like many.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting.services import CellTyped
from lotrinh.rules.figures_typed import Read, TypedQuestion, read_figure
from lotrinh.rules.pasted_blocks import LeftOver, cells_of, place
from lotrinh.rules.typed_words import reading_text
from lotrinh.web.forms.proposals import STALE, KeyedForm
from lotrinh.web.presenters.report_cells import (
    SentLine,
    is_weighted,
    shown_text,
    shown_weight,
)

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import ReportCell
    from lotrinh.apps.targets.models import Measure

ROOM = 400
COMMENT_ROOM = 2000
MOST_PASTED = 200_000
TYPED, WEIGHT, COMMENT, OVER = "c-", "w-", "k-", "o-"
"""How the fields of a line begin; the uid of its measure follows."""
_ROOMS = {"typed": ROOM, "weight": ROOM, "comment": COMMENT_ROOM}


def readings_of(cell: "ReportCell") -> tuple[Read, ...]:
    """Return what an entry that is asked about may mean; nothing where it is not asked about."""
    unit = reporting.cell_units([cell.measure])[cell.measure_id]
    found = read_figure(cell.text, language=cell.language, unit=unit)
    return found.readings if isinstance(found, TypedQuestion) else ()


class GridForm(KeyedForm):
    """Cells of a report, with a block that is pasted, and buttons that settle one of them.

    ``reader`` is the uid of the account for which the form was made, empty where it names none.
    """

    language = forms.ChoiceField(
        choices=(("vi", "vi"), ("en", "en")),
        error_messages={"required": STALE, "invalid_choice": STALE},
    )
    paste = forms.CharField(
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Copy figures, and comments beside them, from a sheet and paste them here. They are "
            "laid down line by line, and go into the form when you save."
        ),
        error_messages={"max_length": gettext_lazy("This block is too large for the form.")},
    )
    paste_at = forms.CharField(required=False, max_length=40)

    def __init__(self, data: Any = None, *, measures: "Sequence[Measure]") -> None:
        super().__init__(data)
        self.measures = measures
        self.left_over: tuple[LeftOver, ...] = ()
        self.reader = "" if data is None else str(data.get("reader", ""))
        self.sent: dict[int, SentLine] = {}
        if data is not None:
            found = {one.pk: _sent(data, str(one.uid)) for one in measures}
            self.sent = {pk: line for pk, line in found.items() if line is not None}

    def clean(self) -> dict[str, Any]:
        """Lay a pasted block over the lines, and refuse what finds no room in a cell."""
        given = super().clean() or {}
        self._lay(given.get("paste") or "", given.get("paste_at") or "")
        for measure in self.measures:
            line = self.sent.get(measure.pk)
            if line is None:
                continue
            for name, room in _ROOMS.items():
                if len(getattr(line, name) or "") > room:
                    words = {"name": measure.name, "most": room}
                    self.add_error(
                        None, _("%(name)s: what was typed has more than %(most)s signs.") % words
                    )
        return given

    @property
    def overs(self) -> tuple[int, ...]:
        """The entries that the form was made of."""
        return tuple(line.over for line in self.sent.values() if line.over is not None)

    def changed(self, shown: "Mapping[int, ReportCell]") -> tuple[CellTyped, ...]:
        """Return what was changed; ``shown`` are the entries of ``overs``, by their ids."""
        language = self.cleaned_data["language"]
        kept, (chosen, choice) = str(self.data.get("keep", "")), self._choice()
        found = []
        for measure in self.measures:
            line = self.sent.get(measure.pk)
            if line is None or str(measure.uid) == kept:
                continue
            before = shown.get(line.over or 0)
            if before is not None and before.measure_id != measure.pk:
                before = None
            typed = _differing(line.typed, shown_text(before, language))
            if str(measure.uid) == chosen and before is not None:
                readings = readings_of(before)
                if choice < len(readings):
                    typed = reading_text(readings[choice], language=language)
            weight = _differing(line.weight, shown_weight(before, language))
            comment = _differing(line.comment, before.comment if before else "")
            if (typed, weight, comment) != (None, None, None):
                found.append(CellTyped(measure.pk, typed, weight, comment, line.over))
        return tuple(found)

    def _choice(self) -> tuple[str, int]:
        uid, _sign, place_text = str(self.data.get("choose", "")).partition(":")
        is_number = place_text.isascii() and place_text.isdigit() and len(place_text) < 3
        return (uid, int(place_text)) if is_number else ("", 0)

    def _lay(self, pasted: str, at: str) -> None:
        cells = cells_of(pasted)
        if not cells:
            return
        uids = [str(one.uid) for one in self.measures]
        columns = [_columns(one) for one in self.measures]
        row = uids.index(at) if at in uids else 0
        laid = place(cells, row=row, column=0, shape=[len(one) for one in columns])
        self.left_over = laid.left_over
        for (down, across), text in laid.cells.items():
            pk = self.measures[down].pk
            line = self.sent.get(pk, SentLine())
            said: dict[str, Any] = {columns[down][across]: _plain(text)}
            self.sent[pk] = replace(line, **said)


def _columns(measure: "Measure") -> tuple[str, ...]:
    return ("typed", "weight", "comment") if is_weighted(measure) else ("typed", "comment")


def _sent(data: Mapping[str, Any], uid: str) -> SentLine | None:
    """Return what was sent of a line; None where no field of it was."""
    names = {"typed": TYPED, "weight": WEIGHT, "comment": COMMENT}
    words = {
        name: _plain(str(data[sign + uid])) for name, sign in names.items() if sign + uid in data
    }
    over = str(data.get(OVER + uid, ""))
    if not words and not over:
        return None
    is_number = over.isascii() and over.isdigit() and len(over) < 18
    return SentLine(**words, over=int(over) if is_number else None)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _differing(sent: str | None, shown: str) -> str | None:
    return None if sent is None or sent == _plain(shown) else sent


def left_over_words(left: Iterable[LeftOver], *, most: int = 8) -> str:
    """Return what found no place in the form, each with where it stood in the block."""
    rows = tuple(left)
    said = [
        _("row %(row)s, column %(column)s: %(text)s")
        % {"row": one.row + 1, "column": one.column + 1, "text": one.text.strip()[:60]}
        for one in rows[:most]
    ]
    more = [_("and %(count)s more") % {"count": len(rows) - most}] if len(rows) > most else []
    return "; ".join([*said, *more])
