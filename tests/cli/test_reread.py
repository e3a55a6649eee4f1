"""``lotrinh reread``: the administrator lets texts be read again; nothing decided changes."""

import json

import pytest
from typer.testing import CliRunner

from lotrinh.apps.intake import services
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.cli.main import app
from tests.apps.intake.test_take_text import SIGNED, take
from tests.factories import NOW, TEXT, make_run
from tests.readings import hand_in, read_by_older_rules
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch):
    """Let the command work on the tests' own database, in Vietnamese."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "vi")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")


@pytest.fixture
def texts(cast):
    """One text read by older rules, one by those of today."""
    make_run(keeper=cast.city, user=cast.chi, text=TEXT.replace("97-CTr", "98-CTr"))
    return read_by_older_rules(keeper=cast.city, user=cast.chi)


def ask(*given: str) -> tuple[int, str, str]:
    """Run the command; return its exit code, what it prints and what it says beside that."""
    done = CliRunner().invoke(app, ["reread", *given])
    return done.exit_code, done.stdout.strip(), done.stderr.strip()


def test_what_older_rules_have_read_is_queued_once(texts):
    told = "Đã đưa 1 trong 2 bản văn vào hàng đợi để đọc lại theo quy tắc mới hơn."
    assert ask() == (0, told, "")
    assert ReadingRun.objects.get(state="queued").rereads == texts

    assert json.loads(ask("--json")[1]) == {"queued": 0, "read": 2, "unknown": []}


def test_it_can_be_counted_first(texts, monkeypatch):
    monkeypatch.setenv("LOTRINH_LANG", "en")
    told = "1 of 2 texts can be read again by newer rules; nothing was done."
    with nothing_changes():
        assert ask("--dry-run") == (0, told, "")


def test_neither_a_translation_nor_a_text_that_was_left_is_queued(cast, texts):
    document = texts.rendition.document
    signed = hand_in(SIGNED, keeper=cast.city, user=cast.chi)
    english = hand_in(
        "ACTION PROGRAMME\n\n1. The Department of Health shall report before 30/9/2024.\n",
        keeper=cast.city,
        user=cast.chi,
        document=document,
        kind="translation",
    )
    take(signed, cast.chi, instead_of=texts)
    ReadingRun.objects.filter(pk=english.pk).update(engine_version="1")

    with nothing_changes():
        assert json.loads(ask("97-CTr/TU", "--json")[1]) == {"queued": 0, "read": 1, "unknown": []}
        for run in (texts, english):
            with pytest.raises(services.NothingNewer):
                services.reread_for_all(run_id=run.pk, at=NOW)

    ReadingRun.objects.filter(pk=signed.pk).update(engine_version="1")
    assert json.loads(ask("--json")[1]) == {"queued": 1, "read": 2, "unknown": []}
    assert ReadingRun.objects.get(state="queued").rereads == signed


def test_a_number_that_nobody_knows_is_named(texts):
    with nothing_changes():
        code, printed, told = ask("98-CTr/TU", "1-XY/TU", "--json")

    assert (code, told) == (2, "Không có văn bản nào đã đọc mang số 1-XY/TU.")
    assert json.loads(printed) == {"queued": 0, "read": 1, "unknown": ["1-XY/TU"]}
