"""Broken and hostile files: one refusal each, and nothing is unpacked before it is counted."""

import pytest
from docx import Document

from lotrinh.reading.readers import archives
from tests.reading.readers.samples import read, refused, saved, with_part, zipped


def _document() -> bytes:
    document = Document()
    document.add_paragraph("Kế hoạch")
    return saved(document)


def test_a_part_that_unpacks_a_thousand_times_is_a_bomb() -> None:
    refusal = refused(zipped({"word/document.xml": b"0" * 20_000_000}), "a.docx")
    assert refusal.code == "bomb"
    assert refusal.data == {"what": "ratio", "found": 1028, "limit": 100}


def test_too_many_parts_are_a_bomb() -> None:
    parts = {f"word/{place}.xml": b"" for place in range(2_000)} | {"word/document.xml": b""}
    assert refused(zipped(parts), "a.docx").data == {
        "what": "entries",
        "found": 2001,
        "limit": 2000,
    }


def test_parts_that_are_too_large_together_are_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000)
    refusal = refused(zipped({"word/document.xml": b"x" * 1_001}), "a.docx")
    assert refusal.data == {"what": "unpacked", "found": 1001, "limit": 1000}


def test_entities_are_refused_before_they_grow() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    for encoding in ("utf-8", "utf-16"):
        data = with_part(_document(), "word/document.xml", laughs.encode(encoding))
        refusal = refused(data, "a.docx")
        assert (refusal.code, refusal.data) == ("declarations", {"part": "word/document.xml"})


@pytest.mark.parametrize("before", [0, 505, 512, 700, 70_000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_declaration_is_found_wherever_it_begins(before: int, encoding: str) -> None:
    part = f'<!--{"x" * before}--><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    data = with_part(_document(), "word/document.xml", part.encode(encoding))

    assert refused(data, "a.docx").code == "declarations"


def test_an_outer_file_is_never_fetched() -> None:
    outer = '<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>'
    data = with_part(_document(), "word/styles.xml", outer.encode())
    assert refused(data, "a.docx").code == "declarations"


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_a_file_that_was_cut_off(share: float) -> None:
    data = _document()
    assert refused(data[: int(len(data) * share)], "a.docx").code == "damaged"


def test_a_document_whose_xml_is_broken() -> None:
    data = with_part(_document(), "word/document.xml", b"<w:document")
    assert (refused(data, "a.docx").code, refused(data, "a.docx").data) == (
        "damaged",
        {"part": "word/document.xml"},
    )


def test_locked_files() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    locked = compound + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked, "a.docx").code == "encrypted"
    data = bytearray(zipped({"word/document.xml": b"<x/>"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data), "a.docx").code == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "type"),
        (zipped({"ppt/presentation.xml": b"<x/>"}), "type"),
        (zipped({"inner.zip": zipped({"word/document.xml": b"<x/>"})}), "type"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_what_is_not_read(data: bytes, code: str) -> None:
    assert refused(data, "a.docx").code == code


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.txt", "a"])
def test_a_wrong_ending_does_no_harm(name: str) -> None:
    assert read(_document(), name).text == "Kế hoạch\n"
