"""What the gate cannot see is declared by somebody; what was stored goes out as a file alone."""

import io
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings
from docx.shared import Cm
from PIL import Image

from lotrinh.apps.documents.models import Document
from lotrinh.apps.files.models import Blob, Declaration
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.journal.models import Entry
from lotrinh.web.attachments import attachment
from lotrinh.web.spool import NamelessFileHandler, make_spool
from tests.cast import Cast
from tests.factories import NOW, key
from tests.gate.handmade import plain_pdf, with_scanned_page, word
from tests.reading.readers.samples import saved, with_part
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

NEW = "/documents/new/"
BOX = 'name="declared"'


def form(content: bytes, name: str, **more: str) -> dict[str, object]:
    return {"client_key": key(), "file": SimpleUploadedFile(name, content), **more}


def with_picture(width: float) -> bytes:
    document = docx.Document()
    document.add_paragraph("Kế hoạch trồng cây")
    held = io.BytesIO()
    Image.new("RGB", (30, 40), (240, 240, 240)).save(held, "PNG")
    document.add_picture(held, width=Cm(width))
    return saved(document)


@pytest.mark.parametrize(
    ("content", "name", "said", "pages", "pictures"),
    [
        (with_scanned_page(), "a.pdf", "trang 2", "2", 0),
        (with_picture(17), "a.docx", "ảnh lớn: 1", "", 1),
    ],
)
def test_pages_that_are_pictures_wait_for_a_declaration(
    cast: Cast, content: bytes, name: str, said: str, pages: str, pictures: int
) -> None:
    visit = Visit(cast.chi)
    assert BOX not in visit.look(NEW).content.decode()

    asked = visit.send(NEW, form(content, name), status=422)

    assert BOX in asked.content.decode()
    assert said in text_of(asked)
    assert Document.objects.count() + Blob.objects.count() + Declaration.objects.count() == 0

    visit.send(NEW, form(content, name, declared="on"))

    row = Declaration.objects.get()
    assert (row.declared_by, row.pages, row.pictures) == (cast.chi, pages, pictures)
    assert row.blob == Blob.objects.get()
    assert Entry.objects.filter(verb="blob.declared").count() == 1
    run = ReadingRun.objects.get()
    intake.read_run(uid=run.uid, at=NOW)
    shown = text_of(visit.look(f"/documents/{run.rendition.document.uid}/"))
    assert "không chứa bí mật nhà nước" in shown
    assert cast.person(cast.chi).full_name in shown


def test_small_pictures_and_plain_files_need_none(cast: Cast) -> None:
    visit = Visit(cast.chi)

    visit.send(NEW, form(with_picture(4), "a.docx", declared="on"))
    visit.send(NEW, form(plain_pdf(), "b.pdf"))

    assert (Blob.objects.count(), Declaration.objects.count()) == (2, 0)


def test_a_declaration_opens_no_way_for_a_mark(cast: Cast) -> None:
    marked = with_scanned_page({9: "<< /Title (x) >>"}).replace(b"Trong cay xanh nam 2025", b"x")
    secret = word("TỐI MẬT")

    Visit(cast.chi).send(NEW, form(secret, "a.docx", declared="on"), status=422)
    Visit(cast.chi).send(NEW, form(marked, "a.pdf", declared="on"))

    assert Blob.objects.count() == 1
    assert Entry.objects.filter(verb="text.refused_secret").count() == 1


def test_macros_are_refused_with_the_cure(cast: Cast) -> None:
    macros = with_part(word(), "word/vbaProject.bin", b"x")

    answer = Visit(cast.chi).send(NEW, form(macros, "a.docx"), status=422)

    assert "macro" in text_of(answer)
    assert Blob.objects.count() == 0


# --- on the way out


@pytest.fixture
def original(cast: Cast) -> str:
    content = "Kế hoạch trồng cây.\n".encode()
    Visit(cast.chi).send(NEW, form(content, '../../"kế\r\nhoạch".txt'))
    return f"/documents/{Document.objects.get().uid}/original/"


def test_an_original_is_a_file_in_a_sandbox(cast: Cast, original: str) -> None:
    answer = Visit(cast.chi).look(original)

    blob = Blob.objects.get()
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\r" not in answer["Content-Disposition"]
    assert "/" not in answer["Content-Disposition"]
    assert (answer["Cache-Control"], answer["Accept-Ranges"]) == ("private, no-cache", "none")
    assert answer["Content-Length"] == str(blob.size) == str(len(answer.content))
    assert answer["ETag"] == f'"{blob.sha256}"'


def test_the_head_alone_a_part_and_what_is_known_already(cast: Cast, original: str) -> None:
    client = Visit(cast.chi).client
    whole = client.get(original)

    head = client.head(original)
    part = client.get(original, headers={"range": "bytes=0-3"})
    known = client.get(original, headers={"if-none-match": whole["ETag"]})

    assert (head.status_code, head.content, head["Content-Length"]) == (
        200,
        b"",
        whole["Content-Length"],
    )
    assert (part.status_code, part.content) == (200, whole.content)
    assert (known.status_code, known.content) == (304, b"")
    assert known["Content-Security-Policy"] == whole["Content-Security-Policy"]


STEPS = (
    "../",
    "..\\",
    "/",
    "C:\\",
    "%2e%2e/",
    "....//",
    "\x00",
    "\r\nSet-Cookie: a=b",
    '"',
    ";",
    "\u202e",
)
ENDS = ("etc/passwd", "x.html", "a.txt", "con", "kế hoạch.docx", "", ".", "x" * 300, "a.exe")


def test_no_name_of_a_file_reaches_a_path_or_breaks_out_of_its_header(cast: Cast) -> None:
    Visit(cast.chi).send(NEW, form("Kế hoạch trồng cây.\n".encode(), "a.txt"))
    blob = Blob.objects.get()
    asked = RequestFactory().head("/")
    names = [one + other + end for one in STEPS for other in ("", *STEPS) for end in ENDS]

    headers = {attachment(asked, blob, name)["Content-Disposition"] for name in names}

    assert len(names) >= 500
    assert blob.path == f"{blob.sha256[:2]}/{blob.sha256[2:4]}/{blob.sha256}"
    assert all(header.startswith("attachment") for header in headers)
    assert not any(set("\r\n\x00") & set(header) for header in headers)


def test_bytes_that_the_store_has_lost_are_missing(cast: Cast, original: str, blobs: Path) -> None:
    (blobs / Blob.objects.get().path).unlink()

    Visit(cast.chi).look(original, status=404)


def test_who_may_not_read_the_document_gets_no_file(cast: Cast, original: str) -> None:
    Visit(cast.khe).look(original, status=404)


# --- the spool


def test_a_large_upload_waits_in_a_private_file_without_a_name(tmp_path: Path) -> None:
    with override_settings(UPLOAD_SPOOL=tmp_path / "spool"):
        handler = NamelessFileHandler()
        handler.new_file("file", "a.txt", "text/plain", None)
        handler.receive_data_chunk("TỐI MẬT".encode(), 0)

        assert list(make_spool().iterdir()) == []
        assert make_spool().stat().st_mode & 0o777 == 0o700

        upload = handler.file_complete(11)
        assert upload.read() == "TỐI MẬT".encode()
        upload.close()
        handler.new_file("file", "b.txt", "text/plain", None)
        handler.upload_interrupted()
        assert list(make_spool().iterdir()) == []
