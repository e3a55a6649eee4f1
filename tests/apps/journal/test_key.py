"""The key that signs days is made once, lies outside the database, and is ours alone to read."""

from pathlib import Path

import pytest

from lotrinh.config.environment import Environment


def test_it_is_made_at_the_first_start_and_stays(tmp_path: Path):
    state = tmp_path / "state"
    here = Environment({"LOTRINH_STATE": str(state)})

    key = here.seal_key()

    assert len(key) == 32
    assert here.seal_key() == key
    assert (state / "seal-key").read_text() == key.hex()
    assert (state / "seal-key").stat().st_mode & 0o777 == 0o600
    assert Environment({"LOTRINH_STATE": str(tmp_path / "other")}).seal_key() != key
    assert here.secret_key() != here.seal_key().hex()


def test_it_can_be_given_where_several_machines_work(tmp_path: Path):
    given = Environment({"LOTRINH_STATE": str(tmp_path / "s"), "LOTRINH_SEAL_KEY": "ab" * 32})

    assert given.seal_key() == b"\xab" * 32
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("typed", ["ab", "x" * 64, "ab" * 33])
def test_what_is_no_key_is_refused_by_name(typed: str):
    with pytest.raises(ValueError, match="LOTRINH_SEAL_KEY"):
        Environment({"LOTRINH_SEAL_KEY": typed}).seal_key()
