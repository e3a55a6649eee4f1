"""``lotrinh recount figures`` says whether totals are what figures make, and changes nothing."""

import json

import pytest
from typer.testing import CliRunner

from lotrinh.apps.reporting.models import OwnPart, Total
from lotrinh.cli.main import app
from tests.architecture.reporting_scenarios import told_by_sen_tay
from tests.cast import Cast
from tests.ledgers import fold
from tests.unchanged import nothing_changes


@pytest.fixture(autouse=True)
def folded(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "en")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")
    told_by_sen_tay(cast)
    fold()


def ask(*given: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["recount", "figures", *given])
    return done.exit_code, done.stdout.strip(), done.stderr.strip()


def test_totals_that_are_right_are_said_to_be_so() -> None:
    with nothing_changes():
        code, said, _ = ask()

    assert (code, said) == (0, "3 totals of 1 sheets all equal what 1 approved figures make.")
    assert ask("--period", "202408")[1].startswith("0 totals of 0 sheets")


def test_a_wrong_total_is_named_and_made_anew_only_when_asked(cast: Cast) -> None:
    Total.objects.filter(unit=cast.ho_sen).update(amounts=b"")

    with nothing_changes():
        code, said, named = ask()
    assert (code, said) == (1, "1 of 3 totals are not what 1 approved figures make.")
    assert named.startswith("202407 self_reported: unit quan-ho-sen, measure ")
    assert named.endswith(": kept 0.000000 (1), counted 120.000000 (1)")
    assert len(json.loads(ask("--json")[1])["differences"]) == 1

    assert ask("--repair")[:2] == (
        0,
        "1 sheets were made anew from the figures.\n"
        "3 totals of 1 sheets all equal what 1 approved figures make.",
    )


def test_what_a_unit_itself_told_is_counted_too(cast: Cast) -> None:
    OwnPart.objects.filter(unit=cast.sen_tay).update(amounts=b"")

    code, _, named = ask()

    assert code == 1
    assert named.startswith("202407 self_reported: unit phuong-sen-tay itself, measure ")
    assert named.endswith(": kept 0.000000 (1), counted 120.000000 (1)")
    assert [one["part"] for one in json.loads(ask("--json")[1])["differences"]] == ["own"]
    assert ask("--repair")[0] == 0
