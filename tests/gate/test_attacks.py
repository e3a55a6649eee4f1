"""Hostile files are refused, or read within their limits; nothing outside of them is touched."""

import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers import REFUSALS, Crew, Unreadable, open_document
from lotrinh.reading.readers.pdf_unseen import acts_of
from tests.gate import attacks
from tests.gate.attacks import CANARY, Attack
from tests.gate.handmade import plain_pdf, word
from tests.reading.readers.samples import pdf

_FLIPS = 120
_MANY_FLIPS = 2_000


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    with Crew(1) as readers:
        yield readers


def outcome(crew: Crew, attack: Attack) -> Paper | str:
    try:
        return crew.open(attack.data, attack.name)
    except Unreadable as refusal:
        return refusal.code


def wrong(crew: Crew, samples: list[Attack]) -> list[str]:
    """Return what was refused for no good reason, or read where it had to be refused."""
    found = []
    for attack in samples:
        seen = outcome(crew, attack)
        if isinstance(seen, str):
            if seen not in attack.codes:
                found.append(f"{attack.what}: refused as {seen}")
        elif attack.codes and not attack.name.endswith(".pdf"):
            found.append(f"{attack.what}: read as {seen.text[:40]!r}")
    return found


def test_there_are_as_many_samples_as_promised() -> None:
    assert len(attacks.archives()) + len(attacks.macros()) >= 40
    assert len(attacks.declarations(9, "/x")) >= 40
    assert len(attacks.pdfs()) >= 20


def test_archives_that_lie_or_grow_are_refused(crew: Crew) -> None:
    assert wrong(crew, attacks.archives()) == []


def test_programs_in_files_are_refused_whatever_the_file_is_called(crew: Crew) -> None:
    assert wrong(crew, attacks.macros()) == []


def test_no_xml_may_declare_a_document_type(crew: Crew) -> None:
    assert wrong(crew, attacks.declarations(9, "/nowhere")) == []


def test_hostile_pdfs_are_read_or_refused_and_the_reader_lives_on(crew: Crew) -> None:
    assert wrong(crew, attacks.pdfs()) == []
    assert crew.open(word(), "a.docx").text == "Trồng cây xanh\n"


@pytest.mark.parametrize(
    ("what", "acts"),
    [
        ("script at opening", ("script",)),
        ("script by name", ("script",)),
        ("script of a page", ("script",)),
        ("script in disguise", ("script",)),
        ("script in a packed list", ("script",)),
        ("launch", ("launch",)),
        ("attached program", ("attachment",)),
        ("huge page", ()),
    ],
)
def test_what_acts_by_itself_is_told(what: str, acts: tuple[str, ...]) -> None:
    data = next(attack.data for attack in attacks.pdfs() if attack.what == what)
    assert acts_of(data) == acts


def test_of_a_pdf_with_a_script_only_the_words_come_out(crew: Crew) -> None:
    data = next(attack.data for attack in attacks.pdfs() if attack.what == "script at opening")
    paper = crew.open(data, "a.pdf")
    assert paper.text == "Trong cay xanh nam 2025\n"
    assert [note.code for note in paper.notes] == ["has_script"]
    assert acts_of(plain_pdf()) == ()


def test_nobody_is_called_and_no_other_file_is_opened(tmp_path: Path) -> None:
    """Here without a child process and its closed network: the readers themselves ask nobody."""
    canary = tmp_path / "canary"
    canary.write_text(CANARY)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        samples = [*attacks.declarations(port, str(canary)), *attacks.outward(port, str(canary))]
        read = 0
        for attack in samples:
            try:
                paper = open_document(attack.data, attack.name)
            except Unreadable as refusal:
                assert CANARY not in str(refusal.data)
                continue
            read += 1
            assert CANARY not in paper.text + paper.unseen
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert read == 3


def flipped(count: int) -> Iterator[bytes]:
    """Yield PDFs with some bytes changed; the same ones in every run."""
    chance = random.Random(20_261_122)  # noqa: S311 - to be the same again
    table = "#table(columns: 3, [1], [Trồng cây], [2025], [2], [Tưới cây], [2026])\n"
    wholes = [plain_pdf(), pdf(table + "Kế hoạch chỉnh trang vườn hoa.\n\n" * 8)]
    wholes += [attack.data for attack in attacks.pdfs() if len(attack.data) < 5_000]
    for number in range(count):
        data = bytearray(wholes[number % len(wholes)])
        for _ in range(chance.choice((1, 2, 5, 20, 80))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield bytes(data)


def survived(count: int) -> int:
    """Return how many flipped PDFs were read; all others were refused with a known code."""
    read = 0
    with Crew(2) as crew:
        for data in flipped(count):
            try:
                crew.open(data, "a.pdf")
            except Unreadable as refusal:
                assert refusal.code in REFUSALS
            else:
                read += 1
        assert crew.open(word(), "a.docx").text == "Trồng cây xanh\n"
    return read


def test_pdfs_with_changed_bytes_are_read_or_refused() -> None:
    assert 0 < survived(_FLIPS) < _FLIPS


@pytest.mark.slow
def test_two_thousand_pdfs_with_changed_bytes_are_read_or_refused() -> None:
    assert 0 < survived(_MANY_FLIPS) < _MANY_FLIPS
