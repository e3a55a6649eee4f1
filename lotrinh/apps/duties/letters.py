"""The words of a letter: what its reader was told of, each line with the door to the duty.

The words are made when the letter goes out, in the language of its reader at that time, of what he
may see then. Nothing of them is kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Digest, Duty, DutyEvent, LadderRung, Notice
from lotrinh.apps.duties.selectors.heads import heads_around
from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.units.models import Person


@dataclass(frozen=True, slots=True)
class Mailer:
    """Through whom letters go out, from whom they come, and the address of the pages."""

    connection: BaseEmailBackend
    sender: str
    address: str

    @property
    def host(self) -> str:
        """The name under which letters are numbered: that of the pages."""
        return self.address.partition("://")[2].partition("/")[0].partition(":")[0]


@contextmanager
def mailer_of_settings() -> Iterator[Mailer]:
    """Give the mailer that the settings name, one connection for all letters.

    A server that does not answer is found out with the first letter, which says so.
    """
    connection = get_connection()
    with suppress(OSError, SMTPException):
        connection.open()
    try:
        yield Mailer(connection, settings.DEFAULT_FROM_EMAIL, settings.LOTRINH_ADDRESS)
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One line of a letter; ``said_text`` is who urges and with which words, else empty."""

    rung_name: str
    title: str
    title_language: str
    unit_name: str
    due_text: str
    said_text: str
    url: str


@dataclass(frozen=True, slots=True)
class UrgingLetter:
    """What somebody would be told of one duty that is urged, by his own letter of that day.

    Without an address it is told on the pages alone.
    """

    duty: Duty
    person: Person
    language: str
    subject: str
    text: str
    has_address: bool


def urging_letters(
    *, duties: Sequence[Duty], by: User, note: str, on: date
) -> tuple[UrgingLetter, ...]:
    """Return which letters would follow if these duties were urged now, as they would be worded.

    A letter of the day tells all that its reader was told; here it is shown with this alone.
    Nothing is written. A duty of a unit in which nobody can sign in has none.
    """
    heads = heads_around(duties, on=on)
    told = [
        (duty, person_id)
        for duty in duties
        for person_id in heads.or_head(duty.person_id, duty.unit_id or duty.owed_to_id)
    ]
    known = Person.objects.select_related("user")
    people = known.in_bulk({person_id for _duty, person_id in told})
    names = journal.names_of({by.uid})
    mailer = Mailer(get_connection(), settings.DEFAULT_FROM_EMAIL, settings.LOTRINH_ADDRESS)
    found = []
    for duty, person_id in told:
        person = people.get(person_id)
        if person is None or person.user is None:
            continue
        urging = DutyEvent(duty=duty, by=by, on=on, note=note)
        notice = Notice(duty=duty, urging=urging, due=duty.binding_due, on=on, person=person)
        digest = Digest(person=person, on=on)
        made = letter(digest, notices=[notice], rungs={}, mailer=mailer, names=names)
        said, to = str(made.body), person.user
        found.append(
            UrgingLetter(duty, person, to.language, str(made.subject), said, bool(to.email))
        )
    return tuple(found)


def letter(
    digest: Digest,
    *,
    notices: Iterable[Notice],
    rungs: Mapping[str, LadderRung],
    mailer: Mailer,
    names: Mapping[UUID, str] | None = None,
) -> EmailMultiAlternatives:
    """Return the letter to the person of a digest, with his address, in his language.

    ``names`` are those of who urged, by uid, where they are known already. Its number is that of
    the digest: should it come twice, programs can tell that it is the same.
    """
    user = digest.person.user
    if user is None:
        raise ValueError("only a person with an account is written to")
    told = tuple(notices)
    urging = {one.urging.by.uid for one in told if one.urging}
    if names is None:
        names = journal.names_of(urging) if urging else {}
    with translation.override(user.language):
        lines = [_line(one, rungs, names, mailer) for one in told]
        subject = ngettext(
            "Lotrinh: %(count)s duty to look at, %(day)s",
            "Lotrinh: %(count)s duties to look at, %(day)s",
            len(lines),
        ) % {"count": len(lines), "day": _day(digest.on)}
        around = {
            "language": user.language,
            "subject": subject,
            "greeting": _("Dear %(name)s,") % {"name": digest.person.full_name},
            "lines": lines,
            "notices_url": mailer.address + reverse("notices"),
            "settings_url": mailer.address + reverse("account-reminders"),
        }
        message = EmailMultiAlternatives(
            subject=subject,
            body=_text(lines, around),
            from_email=mailer.sender,
            to=[user.email],
            connection=mailer.connection,
            headers={
                "Message-ID": f"<{digest.uid}@{mailer.host}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": user.language,
            },
        )
        message.attach_alternative(render_to_string("mail/digest.html", around), "text/html")
    return message


def _line(
    notice: Notice, rungs: Mapping[str, LadderRung], names: Mapping[UUID, str], mailer: Mailer
) -> LetterLine:
    language = translation.get_language()
    rung, unit, urging = rungs.get(notice.rung), notice.duty.unit, notice.urging
    due = _("due %(day)s") % {"day": _day(notice.due)} if notice.due else _("without a deadline")
    return LetterLine(
        rung_name=_("Urged") if urging else getattr(rung, f"name_{language}", notice.rung),
        title=notice.duty.title,
        title_language=notice.duty.language,
        unit_name=getattr(unit, f"name_{language}", ""),
        due_text=due,
        said_text=_said(urging, names.get(urging.by.uid, "")) if urging else "",
        url=mailer.address + reverse("duty", kwargs={"uid": notice.duty.uid}),
    )


def _said(urging: DutyEvent, name: str) -> str:
    """Return who urged on which day, with his words on one line."""
    on = _day(urging.on) if urging.on else ""
    who = (
        _("%(name)s urged on %(day)s") % {"name": name, "day": on}
        if name
        else _("urged on %(day)s") % {"day": on}
    )
    words = " ".join(urging.note.split())
    return f"{who}: {words}" if words else who


def _day(day: date) -> str:
    return date_format(day, _("j M Y"))


def _text(lines: Iterable[LetterLine], around: Mapping[str, object]) -> str:
    """Return the plain words of a letter."""
    blocks = [
        "\n  ".join(
            one
            for one in (
                f"* {line.rung_name}: {line.title}",
                line.said_text,
                f"{line.unit_name}, {line.due_text}",
                line.url,
            )
            if one
        )
        for line in lines
    ]
    every = _("All that you were told: %(url)s") % {"url": around["notices_url"]}
    less = _("To change your address or get no letters: %(url)s") % {"url": around["settings_url"]}
    return "\n\n".join([str(around["greeting"]), *blocks, f"{every}\n{less}"]) + "\n"
