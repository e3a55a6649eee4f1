"""``lotrinh verify`` says whether the journal is whole, and writes it for verifiers of others."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from typer.testing import CliRunner

from lotrinh.apps.journal import services
from lotrinh.apps.journal.held import hold_seal
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.signing import public_key
from lotrinh.cli.main import app
from lotrinh.cli.management.commands import examine
from lotrinh.cli.words import WORDS
from lotrinh.rules.sealing import Flaw
from tests.cluster import CHECKOUT
from tests.factories import NOW, TODAY, key, make_person, make_user
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

KEY = bytes(range(32))
PUBLIC = public_key(KEY).hex()


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch, settings: SimpleNamespace, tmp_path: Path) -> Path:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "en")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")
    settings.LOTRINH_SEAL_KEY = KEY
    settings.LOTRINH_SEALS_HELD = tmp_path / "seals"
    return tmp_path / "seals"


def write(count: int = 1) -> None:
    for _ in range(count):
        services.record("unit.created", Named("unit", key()), actor=SYSTEM, at=NOW)


def seal() -> bytes:
    sealed = services.seal_entries(on=TODAY, at=NOW).seal
    assert sealed is not None
    return sealed.head


def ask(*given: str) -> tuple[int, list[str], list[str]]:
    done = CliRunner().invoke(app, ["verify", *given])
    return done.exit_code, done.stdout.splitlines(), done.stderr.splitlines()


def insert_into_sealed_range() -> None:
    """Write an entry under a number that is closed, which neither rights nor triggers refuse."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (id, uid, at, verb, actor_kind, object_kind, object_uid,"
            " payload, leaf) SELECT id - 1000000, gen_random_uuid(), at, verb, actor_kind,"
            " object_kind, object_uid, payload, leaf FROM journal_entry ORDER BY id DESC LIMIT 1"
        )


def test_a_whole_journal_is_said_to_be_so() -> None:
    write(3)
    head = seal()
    services.sign_days(before=TODAY.replace(day=8), key=KEY, at=NOW)
    write(2)

    with nothing_changes():
        code, said, complaints = ask()

    assert (code, complaints) == (0, [])
    assert said == [
        "The journal is whole: 5 entries and 1 seals were checked.",
        "2 new entries are not sealed yet.",
        f"Last seal: number 1, {head.hex()}",
        "Signed up to the end of 2024-08-07.",
        f"Public key: {PUBLIC}",
    ]


def test_a_journal_without_seals_is_no_finding() -> None:
    write(2)

    code, said, _ = ask()

    assert code == 0
    assert said == [
        "The journal has 2 entries and no seal yet; a worker makes them.",
        f"Public key: {PUBLIC}",
    ]


def test_tampering_is_named_and_ends_with_one(held: Path) -> None:
    write(3)
    hold_seal(held, 1, seal())
    hold_seal(held, 2, bytes(32))
    insert_into_sealed_range()

    code, said, complaints = ask()

    assert code == 1
    assert complaints == [
        "Seal 1: its entries were changed, added, removed or moved.",
        "Seal 2: it was signed or held elsewhere and is not there like that any more.",
    ]
    assert said[0] == "The journal is not what was sealed: 2 findings."


def test_programs_read_json() -> None:
    write(3)
    head = seal()
    insert_into_sealed_range()

    code, said, _ = ask("--json")

    assert code == 1
    assert json.loads(said[0]) == {
        "entries": 4,
        "seals": 1,
        "unsealed": 0,
        "last": {"number": 1, "head": head.hex()},
        "signed_through": None,
        "findings": [{"flaw": "batch_changed", "place": "1"}],
        "public_key": PUBLIC,
        "exported": 0,
    }


def test_it_speaks_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTRINH_LANG", "vi")
    write()
    seal()

    assert ask()[1][0] == "Nhật ký nguyên vẹn: đã kiểm tra 1 mục và 1 dấu niêm phong."


def test_other_keys_can_be_trusted_and_other_files_held(tmp_path: Path) -> None:
    write()
    seal()
    services.sign_days(before=TODAY.replace(day=8), key=bytes(32), at=NOW)
    other = public_key(bytes(32)).hex()
    elsewhere = tmp_path / "copy"
    hold_seal(elsewhere, 1, bytes(32))

    assert ask()[2] == [
        "Signature of 2024-08-07: by an unknown key; if another was used before, add --key."
    ]
    assert ask("--key", PUBLIC, "--key", other)[0] == 0
    assert ask("--key", other, "--held", str(elsewhere))[2] == [
        "Seal 1: it was signed or held elsewhere and is not there like that any more."
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--key", "abc"], "“abc” is no public key: write 64 hexadecimal digits (0-9, a-f)."),
        (["--held", "/no/such"], "Cannot be read or written: /no/such"),
        (["--export", "/no/such/file"], "Cannot be read or written: [Errno 2]"),
    ],
)
def test_bad_input_ends_with_two(given: list[str], said: str) -> None:
    code, _, complaints = ask(*given)

    assert code == 2
    assert complaints[0].startswith(said)


def test_a_file_of_held_seals_that_is_none_is_said(held: Path) -> None:
    held.write_text("nonsense\n")

    code, _, complaints = ask()

    assert (code, complaints) == (2, [f"Cannot be read or written: {held}:1"])


def run_alone(*given: str) -> tuple[int, str]:
    """Run the stand-alone verifier as others do, where nothing of Lotrinh can be imported."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKOUT / "tools" / "verify_journal.py"), *given],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd="/",
    )
    return done.returncode, done.stdout.strip() or done.stderr.strip()


def test_the_export_is_read_by_the_stand_alone_verifier(tmp_path: Path, held: Path) -> None:
    write(3)
    hold_seal(held, 1, seal())
    services.sign_days(before=TODAY.replace(day=8), key=KEY, at=NOW)
    write(1)
    file = tmp_path / "journal.jsonl"

    code, said, _ = ask("--export", str(file))

    assert (code, said[-1]) == (0, f"7 lines written to {file}.")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [json.loads(line)["kind"] for line in file.read_text().splitlines()] == [
        *("journal", "seal", "day"),
        *["entry"] * 4,
    ]
    asked = (str(file), "--key", PUBLIC, "--held", str(held))
    assert run_alone(*asked) == (0, "the journal is whole")
    other = public_key(bytes(32)).hex()
    assert run_alone(str(file), "--key", other) == (
        1,
        "the signature of 2024-08-07 is by an unknown key",
    )
    file.write_text(file.read_text().replace("unit.created", "unit.renamed", 1))
    first = Entry.objects.earliest("id").id
    assert run_alone(*asked) == (1, f"entry {first} does not fit its hash")
    file.write_text("{")
    assert run_alone(*asked)[0] == 2


def test_the_export_tells_whom_an_entry_means_by_a_pseudonym_alone(tmp_path: Path) -> None:
    user = make_user("ten-dang-nhap-rieng")
    make_person("Nguyễn Thị Riêng Biệt", user=user)
    services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)
    file = tmp_path / "journal.jsonl"

    assert ask("--export", str(file))[0] == 0

    text = file.read_text()
    assert text.count('"kind":"entry"') == Entry.objects.count() >= 3
    assert str(user.uid) not in text
    assert "ten-dang-nhap-rieng" not in text
    assert "Riêng" not in text


def test_one_entry_is_proved_by_two_kilobytes_and_a_printed_head(tmp_path: Path) -> None:
    write(11)
    head = seal().hex()
    entry = Entry.objects.order_by("id")[10]  # the last of an odd number
    file = tmp_path / "proof.json"

    code, said, _ = ask("--proof", str(entry.uid))

    proof = json.loads(said[0])
    assert (code, proof["payload"], proof["place"]) == (0, entry.payload, 10)
    assert len(said[0]) + 67 * (14 - len(proof["beside"])) < 2048
    file.write_text(said[0])
    assert run_alone(str(file), "--head", head) == (0, "the entry stands in the seal")
    assert run_alone(str(file), "--head", "0" * 64) == (
        1,
        "seal 1 has another head than the one you hold",
    )
    for wrong in ({"place": 9}, {"beside": proof["beside"][:-1]}, {"leaf": "0" * 64}):
        file.write_text(json.dumps(proof | wrong))
        assert "the entry does not stand in this seal" in run_alone(str(file), "--head", head)[1]
    file.write_text(json.dumps(proof | {"payload": "{}"}))
    assert run_alone(str(file), "--head", head)[0] == 1
    seal_of_another = proof["seal"] | {"count": 12}
    file.write_text(json.dumps(proof | {"seal": seal_of_another}))
    assert "seal 1 was changed" in run_alone(str(file), "--head", head)[1]


def test_what_is_not_sealed_has_no_proof() -> None:
    write()
    entry = Entry.objects.get()

    code, _, complaints = ask("--proof", str(entry.uid))

    assert code == 1
    assert complaints == [f"There is no entry {entry.uid}, or it is not sealed yet."]
    assert ask("--proof", "abc")[0] == 2


def test_doctor_says_what_has_waited_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examine, "SEALED_WITHIN", -examine.SEALED_WITHIN)
    write(2)

    found = [one for one in examine._findings() if one["code"] == "doctor.unsealed"]

    assert found == [{"code": "doctor.unsealed", "fine": True, "data": {"count": 2}}]
    seal()
    assert "doctor.unsealed" not in {one["code"] for one in examine._findings()}


def test_every_flaw_has_its_words() -> None:
    assert {f"verify.{flaw}" for flaw in Flaw} <= set(WORDS)
