"""Hostile files: archives, XML, Office, PDF. Each with the refusals that are right for it.

An empty set of refusals means that the file may be read, because what is hostile in it is never
touched; then only the words of the page come out.
"""

import io
import stat
import zipfile
from dataclasses import dataclass
from functools import cache

from tests.gate.compound import compound, old_workbook
from tests.gate.handmade import (
    archive,
    packed,
    plain_pdf,
    stream,
    with_listed_size,
    with_local_name,
    word,
)
from tests.reading.readers.samples import with_part, zipped

CANARY = "CANARY-7d1f"
_LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)


@dataclass(frozen=True)
class Attack:
    """A file, and the codes with which it may be refused; none where it may be read."""

    what: str
    name: str
    data: bytes
    codes: frozenset[str]


def _attack(what: str, data: bytes, *codes: str, name: str = "a.docx") -> Attack:
    return Attack(what, name, data, frozenset(codes))


@cache
def archives() -> list[Attack]:
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    part = ("word/a.bin", b"x" * 5_000)
    whole = archive(part)
    bomb = zipped({"a": b"0" * 20_000_000})
    deep = with_part(word(), "word/embeddings/a.docx", with_part(word(), "word/b.docx", word()))
    large = zipped({str(n): bytes(range(256)) * 40_000 for n in range(3)})
    flagged = bytearray(archive(part))
    flagged[flagged.rindex(b"PK\x01\x02") + 8] |= 1
    wrong_sum = bytearray(whole)
    wrong_sum[wrong_sum.rindex(b"PK\x01\x02") + 16] ^= 255
    return [
        _attack("thousandfold part", zipped({"word/document.xml": b"0" * 20_000_000}), "bomb"),
        _attack("2,001 parts", archive(*((f"{n}", b"") for n in range(2_000))), "bomb"),
        _attack("lists 4 GB", with_listed_size(whole, part[0], 0xFFFFFFF0), "bomb", "damaged"),
        _attack("lists too little", with_listed_size(whole, part[0], 10), "damaged"),
        _attack("lists too much", with_listed_size(whole, part[0], 6_000), "damaged"),
        _attack("lists nothing", with_listed_size(whole, part[0], 0), "damaged"),
        _attack("wrong checksum", bytes(wrong_sum), "damaged"),
        _attack("leads up", archive(("../../etc/cron.d/x", b"x")), "damaged"),
        _attack("leads up in the middle", archive(("word/../../x", b"x")), "damaged"),
        _attack("absolute", archive(("/etc/passwd", b"x")), "damaged"),
        _attack("backslashes", archive(("word\\..\\..\\x", b"x")), "damaged"),
        _attack("drive letter", archive(("C:/x", b"x")), "damaged"),
        _attack("link", archive((link, b"/etc/passwd")), "damaged"),
        _attack("one name twice", _twice("word/a.xml", "word/a.xml"), "damaged"),
        _attack("one name in two cases", _twice("word/a.xml", "word/A.XML"), "damaged"),
        _attack("two names", with_local_name(whole, "word/a.bin", "word/b.bin"), "damaged"),
        _attack("locked part", bytes(flagged), "encrypted"),
        _attack("bzip2", archive(part, method=zipfile.ZIP_BZIP2), "damaged"),
        _attack("lzma", archive(part, method=zipfile.ZIP_LZMA), "damaged"),
        _attack("cut off", whole[:-30], "damaged"),
        _attack("cut in half", whole[: len(whole) // 2], "damaged"),
        _attack("no list", whole[: whole.index(b"PK\x01\x02")], "damaged"),
        _attack("list points nowhere", whole[:-6] + b"\xff\xff\xff\x7f" + whole[-2:], "damaged"),
        _attack("nothing in it", zipped({}), "type", "damaged", "binary"),
        _attack("three deep", deep, "bomb"),
        _attack("bomb inside", with_part(word(), "word/media/a.zip", bomb), "bomb"),
        _attack("large ones inside", _many(large, 10), "bomb"),
        _attack("locked workbook inside", _with_locked(), "encrypted"),
        _attack("slides", zipped({"ppt/presentation.xml": b"<x/>"}), "type"),
        _attack("program of Java", zipped({"META-INF/MANIFEST.MF": b"x"}), "type"),
        _attack("zip in a zip", zipped({"a.zip": word()}), "type"),
        _attack("7z", b"7z\xbc\xaf\x27\x1c" + bytes(60), "type"),
        _attack("rar", b"Rar!\x1a\x07" + bytes(60), "type"),
        _attack("gzip", b"\x1f\x8b\x08" + bytes(60), "type"),
    ]


def _twice(one: str, other: str) -> bytes:
    """Return an archive with two parts of a name; the list is patched, as no program writes it."""
    data = archive((one, b"<a/>"), (one[:-1] + "~", b"<b/>"))
    return data.replace((one[:-1] + "~").encode(), other.encode())


def _many(data: bytes, count: int) -> bytes:
    held = io.BytesIO(word())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as out:
        for number in range(count):
            out.writestr(f"word/embeddings/{number}.zip", data)
    return held.getvalue()


def _with_locked() -> bytes:
    locked = compound({"EncryptedPackage": b"x" * 5_000, "EncryptionInfo": b"x"})
    return with_part(word(), "word/embeddings/a.xlsx", locked)


@cache
def macros() -> list[Attack]:
    types = (
        b'<Types><Override PartName="/word/document.xml" ContentType="application/'
        b'vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    )
    book = {"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"x"}
    sheets = {"xl/workbook.xml": b"<workbook/>", "xl/macrosheets/sheet1.xml": b"<x/>"}
    old = old_workbook([["1"]], extra={"_VBA_PROJECT": b"x"})
    return [
        _attack("docm", archive(("word/vbaProject.bin", b"x")), "macros", name="a.docm"),
        _attack("docm called docx", archive(("word/vbaProject.bin", b"x")), "macros"),
        _attack("docm called txt", archive(("word/VBAPROJECT.BIN", b"x")), "macros", name="a.txt"),
        _attack("by its type alone", archive(("[Content_Types].xml", types)), "macros"),
        _attack("xlsm called xlsx", zipped(book), "macros", name="a.xlsx"),
        _attack("macros of Excel 4", zipped(sheets), "macros", name="a.xlsx"),
        _attack("xls", old, "macros", name="a.xls"),
        _attack(
            "ods", zipped({"content.xml": b"<x/>", "Basic/x.xml": b"<x/>"}), "macros", name="a.ods"
        ),
        _attack(
            "inside a docx",
            with_part(word(), "word/embeddings/a.docm", archive(("word/vbaProject.bin", b"x"))),
            "macros",
        ),
    ]


def declarations(port: int, canary: str) -> list[Attack]:
    """Return files whose XML declares entities: of a file, of an address, of themselves."""
    outer = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]><x>&e;</x>'
    address = f'<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd"><x/>'
    parameter = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p">%p;]><x/>'
    laughs = f"<!DOCTYPE x [{_LAUGHS}]><x>&l9;</x>"
    quadratic = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 5_000}</x>'
    late = f"<!--{'-x' * 5_000}-->" + laughs
    found = []
    for what, text in {
        "a file": outer,
        "an address": address,
        "a parameter": parameter,
        "laughs": laughs,
        "quadratic": quadratic,
        "behind a long remark": late,
    }.items():
        for part in ("word/document.xml", "word/styles.xml", "docProps/core.xml"):
            data = with_part(word(), part, text.encode())
            found.append(_attack(f"{what} in {part}", data, "declarations"))
        for encoding in ("utf-16", "utf-16-le"):
            data = with_part(word(), "word/document.xml", text.encode(encoding))
            found.append(_attack(f"{what} in {encoding}", data, "declarations", "damaged"))
        sheet = zipped({"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": text.encode()})
        found.append(_attack(f"{what} in xlsx", sheet, "declarations", name="a.xlsx"))
        found.append(_attack(f"{what} as svg", text.encode(), "type", "declarations", name="a.svg"))
        page = text.replace("<x>", "<html><body>").encode()
        found.append(_attack(f"{what} as html", page, "declarations", "type", name="a.html"))
    seven = '<?xml version="1.0" encoding="UTF-7"?>' + outer.replace("<", "+ADw-")
    data = with_part(word(), "word/document.xml", seven.encode())
    return [*found, _attack("UTF-7", data, "damaged", "declarations")]


def outward(port: int, canary: str) -> list[Attack]:
    """Return files that ask to be completed from elsewhere; they are read without it."""
    there = f"http://127.0.0.1:{port}/x"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://x/attachedTemplate" TargetMode="External" '
        f'Target="{there}"/><Relationship Id="r2" Type="http://x/styles" Target="file://{canary}"/>'
        "</Relationships>"
    )
    page = (
        f'<html><head><link rel="stylesheet" href="{there}"><base href="{there}">'
        f'<style>@import url("{there}");</style></head><body><img src="{there}">'
        f'<iframe src="file://{canary}"></iframe><object data="{there}"></object>'
        f'<script src="{there}"></script><p>Trồng cây xanh</p></body></html>'
    )
    return [
        _attack("relations", with_part(word(), "word/_rels/document.xml.rels", relation.encode())),
        _attack("page", page.encode(), name="a.html"),
        _attack(
            "link of a PDF",
            plain_pdf(
                {
                    6: "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
                    f"/A << /S /URI /URI ({there}) >> >>"
                },
                page="/Annots [6 0 R]",
                catalog=f"/OpenAction << /S /SubmitForm /F ({there}) >>",
            ),
            name="a.pdf",
        ),
        _attack(
            "outer stream of a PDF",
            plain_pdf({4: f"<< /Length 0 /F (file://{canary}) >>\nstream\n\nendstream"}),
            "empty",
            "damaged",
            name="a.pdf",
        ),
    ]


@cache
def pdfs() -> list[Attack]:
    script = "<< /S /JavaScript /JS (app.alert(1)) >>"
    names = "/Names << /JavaScript << /Names [(a) 6 0 R] >> >>"
    attached = {
        6: "<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>",
        7: stream(b"MZ" + bytes(90), "/Type /EmbeddedFile"),
    }
    listed = b"6 0 << /S /JavaScript /JS (app.alert(1)) >>"
    form = "/XObject << /X 6 0 R >> /Font << /F1 5 0 R >>"
    loop = {6: stream(b"/X Do", f"/Type /XObject /Subtype /Form /Resources << {form} >>")}
    page = "/Annots [6 0 R]"
    launch = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (calc) >> >>"
    good = plain_pdf()
    made = {
        "script at opening": plain_pdf(catalog=f"/OpenAction {script}"),
        "script by name": plain_pdf({6: script}, catalog=names),
        "script of a page": plain_pdf(page=f"/AA << /O {script} >>"),
        "script in disguise": plain_pdf(catalog="/OpenAction << /S /J#61vaScript /#4aS (x) >>"),
        "script in a packed list": plain_pdf({6: packed(listed, "/Type /ObjStm /N 1 /First 4")}),
        "launch": plain_pdf({6: launch}, page=page),
        "attached program": plain_pdf(
            attached, catalog="/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>"
        ),
        "huge page": plain_pdf(box="0 0 99999999 99999999"),
        "page of no size": plain_pdf(box="0 0 0 0"),
        "page upside down": plain_pdf(box="595 842 0 0"),
        "page tree in a ring": plain_pdf({2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"}),
        "page counts itself wrong": plain_pdf(
            {2: "<< /Type /Pages /Kids [3 0 R] /Count 99999999 >>"}
        ),
        "form draws itself": plain_pdf(loop, content=b"/X Do", page=f"/Resources << {form} >>"),
        "xref in a ring": plain_pdf(trailer="/Prev 20"),
        "xref astray": good.replace(b"startxref\n", b"startxref\n9"),
        "no xref": good.replace(b"xref\n0", b"xxxx\n0"),
        "content of 80 MB": plain_pdf({4: packed(b" " * 80_000_000)}),
        "many letters": plain_pdf(
            {4: packed((b"BT /F1 9 Tf (" + b"a" * 99 + b") Tj ET ") * 60_000)}
        ),
        "deep arrays": plain_pdf({6: "[" * 200_000 + "]" * 200_000}),
        "broken font": plain_pdf(
            {
                5: "<< /Type /Font /Subtype /TrueType /FontDescriptor 6 0 R >>",
                6: "<< /Type /FontDescriptor /FontFile2 7 0 R >>",
                7: stream(b"\0\1\0\0" + bytes(range(256)) * 40),
            }
        ),
        "broken picture": plain_pdf(
            {
                6: stream(
                    bytes(range(256)) * 9,
                    "/Subtype /Image /Width 99999 /Height 99999 /Filter /JBIG2Decode",
                )
            }
        ),
        "locked": plain_pdf(
            {
                6: "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"
                + "00" * 32
                + "> /U <"
                + "11" * 32
                + "> >>"
            },
            trailer="/Encrypt 6 0 R /ID [<00> <00>]",
        ),
        "cut off": good[: len(good) // 2],
        "only its mark": b"%PDF-1.7\n%%EOF",
    }
    may = {"damaged", "empty", "encrypted", "slow", "too_heavy", "too_large", "needs_ocr"}
    return [_attack(what, data, *may, name="a.pdf") for what, data in made.items()]
