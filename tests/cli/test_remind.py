"""``lotrinh remind``: who would be written to is counted by unit, then the letters go out."""

import json

import pytest
from typer.testing import CliRunner

from lotrinh.cli.main import app
from lotrinh.rules.letters import QuietHours
from tests.factories import make_officer
from tests.letters import DAY, free_port, mail_server, mail_to, owe, reach
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(monkeypatch, settings, cast):
    """Let one person have an address and another none, on a working day without quiet hours."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "en")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")
    settings.LOTRINH_TODAY = DAY
    settings.LOTRINH_QUIET = QuietHours.parsed("00:00-00:00")
    owe(cast, reach(cast.ha))
    owe(cast, make_officer(cast.ho_sen, full_name="Lý An"))


def ask(*words, typed=""):
    done = CliRunner().invoke(app, ["remind", *words], input=typed)
    return done.exit_code, done.stdout.strip().splitlines(), done.stderr.strip()


COUNTED = [
    "Ho Sen District: 1 letters (Phan Thu Hà)",
    "Ho Sen District: 1 without an e-mail address (Lý An)",
    "1 letters of reminders would go out; 1 people have no address, their notices stay on the page "
    "Notices.",
]


def test_counting_says_who_by_unit_and_changes_nothing():
    with nothing_changes():
        assert ask("--dry-run")[:2] == (0, COUNTED)
        [told] = ask("--dry-run", "--json")[1]

    told = json.loads(told)
    assert (told["letters"], told["without_address"], told["opens"]) == (1, 1, None)
    assert told["units"][0]["letters"] == ["Phan Thu Hà"]


def test_letters_go_out_once_after_the_count_was_said_and_agreed_to():
    with mail_server() as box:
        code, lines, said = ask(typed="n\n")
        assert (code, lines[:3], box.taken) == (1, COUNTED, [])
        assert said.startswith("Send 1 letters now?")
        code, lines, _ = ask(typed="y\n")
        assert (code, lines[:3]) == (0, COUNTED)
        assert lines[-1] == "1 letters sent; 0 still wait and are tried again."
        assert ask("--yes")[1][-1] == "0 letters sent; 0 still wait and are tried again."

    assert [to for to, _ in box.taken] == [["ha@hs.example"]]


@pytest.mark.slow
def test_not_in_quiet_hours_not_without_a_server_and_not_to_one_that_is_down(settings):
    code, _, said = ask("--yes")
    assert (code, said) == (3, "No mail server is set: set LOTRINH_MAIL and LOTRINH_ADDRESS.")
    with mail_to(free_port()):
        assert ask("--yes")[:2] == (
            1,
            [*COUNTED, "0 letters sent; 1 still wait and are tried again."],
        )
        settings.LOTRINH_QUIET = QuietHours.parsed("00:00-23:59")
        code, _, said = ask("--yes")
        assert code == 1
        assert said.startswith("These are quiet hours or a day off: letters can go out from ")
