"""``lotrinh recount`` counts anew what the board adds up, and puts right what is wrong."""

import json

import pytest
from django.db.models import F
from typer.testing import CliRunner

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import DutyTally
from lotrinh.cli.main import app
from tests.cast import Cast
from tests.factories import TODAY, make_duty
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def ask(*given: str) -> tuple[int, list[str]]:
    """Run the command; return its exit code and the lines that it prints."""
    done = CliRunner().invoke(app, ["recount", *given])
    return done.exit_code, done.stdout.strip().splitlines()


def test_wrong_numbers_are_named_and_put_right_when_asked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "en")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")
    ha = cast.person(cast.ha)
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=ha, is_issued=True)
    services.fold_tallies(on=TODAY)
    assert ask()[0] == 0
    DutyTally.objects.update(open_in_term=F("open_in_term") + 1)

    with nothing_changes():
        code, lines = ask("duties")
    assert (code, len(lines)) == (1, 2)
    assert lines[0].endswith(f"owed to {cast.city.name_en}: open_in_term -1")
    found = json.loads(ask("duties", "--json")[1][0])
    assert [(one["unit"]["code"], one["missing"]) for one in found] == [
        (cast.ho_sen.code, {"open_in_term": -1})
    ]

    assert ask("duties", "--repair")[0] == 0
    assert ask("duties", "--repair") == (
        0,
        ["What the board adds up is what counting every duty anew finds."],
    )
    assert ask("targets")[0] == 2
