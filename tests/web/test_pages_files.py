"""A plan comes in as the file that an office has: Word with an appendix, or what cannot be read."""

import io

import docx
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.files.models import Blob
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.models import ReadingRun
from tests.cast import Cast
from tests.factories import NOW, key
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

NEW = "/documents/new/"
HEAD = ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ PHỐ CÂY", "Số: 71/KH-UBND", "KẾ HOẠCH", "Giữ gìn các hồ nước")
ROWS = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm", "Ghi chú"),
    ("1", "Lập bản đồ các hồ nước", "Sở Y tế", "15/9/2024", "Bản đồ", "Làm hai đợt"),
    ("2", "Lấy mẫu nước tại các hồ", "Sở Nội vụ", "Hằng quý", "Báo cáo", ""),
)


def word(rows: tuple[tuple[str, ...], ...] = ROWS, head: tuple[str, ...] = HEAD) -> bytes:
    document = docx.Document()
    for line in head:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def form(content: bytes, name: str) -> dict[str, object]:
    return {"client_key": key(), "file": SimpleUploadedFile(name, content)}


def test_an_appendix_in_word_is_read_row_by_row(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send(NEW, form(word(), "kế hoạch.docx"))
    run = ReadingRun.objects.get()
    intake.read_run(uid=run.uid, at=NOW)

    first, second = run.candidates.order_by("ordinal")
    text = run.rendition.text
    assert text[first.start : first.end] == "Lập bản đồ các hồ nước"
    assert (first.fields["lead"], first.fields["due"]) == (["Sở Y tế"], "2024-09-15")
    assert first.fields["columns"]["Ghi chú"] == "Làm hai đợt"
    assert (second.fields["recurrence"], second.fields["deliverable"]) == ("quarterly", "Báo cáo")
    assert first.clause.kind == "cell"
    assert run.rendition.document.number == "71/KH-UBND"


def test_the_desk_shows_the_table_and_what_no_field_took(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send(NEW, form(word(), "ke-hoach.docx"))
    run = ReadingRun.objects.get()
    intake.read_run(uid=run.uid, at=NOW)

    answer = visit.look(f"/documents/{run.rendition.document.uid}/desk/")

    (grid,) = [clause for clause in answer.context["clauses"] if hasattr(clause, "rows")]
    assert [len(row) for row in grid.rows] == [6, 6, 6]
    assert grid.rows[1][1].clause.parts[0].n == 1
    assert grid.rows[2][5].clause is None
    assert "Làm hai đợt" in dict(answer.context["cards"][0].columns).values()
    shown = answer.content.decode()
    assert shown.count("<table>") == 1
    assert '<th scope="col"' in shown


def test_the_original_is_given_back_as_the_file_it_was(cast: Cast) -> None:
    content = word()
    visit = Visit(cast.chi)
    visit.send(NEW, form(content, "ke-hoach.docx"))

    answer = visit.look(f"/documents/{Document.objects.get().uid}/original/")

    assert answer.content == content
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"] == 'attachment; filename="ke-hoach.docx"'


def test_a_mark_of_secrecy_in_a_cell_is_found(cast: Cast) -> None:
    marked = word(rows=(("MẬT", "Số: 71/KH-UBND"), *((row[0], row[1]) for row in ROWS)))

    Visit(cast.chi).send(NEW, form(marked, "ke-hoach.docx"), status=422)

    assert Rendition.objects.count() + Blob.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (word()[:3000], "cut.docx", "bị cắt hoặc bị hỏng"),
        (b"%PDF-1.7\nrubbish", "scan.pdf", "bị cắt hoặc bị hỏng"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "photo.docx", "không đọc loại tệp này"),
        (b"K\xe9 ho\xff\xfeach \x81\x8d", "cu.txt", "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_cure(
    cast: Cast, content: bytes, name: str, said: str
) -> None:
    answer = Visit(cast.chi).send(NEW, form(content, name), status=422)

    assert said in text_of(answer)
    assert Document.objects.count() + Blob.objects.count() == 0


def test_what_opening_a_file_left_out_is_said_beside_its_text(cast: Cast) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name in ("Nhiệm vụ", "Nháp"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
        sheet.hide()
    visit = Visit(cast.chi)
    visit.send(NEW, form(file.getvalue(), "theo-doi.xlsx"))
    run = ReadingRun.objects.get()
    intake.read_run(uid=run.uid, at=NOW)

    for page in ("", "desk/"):
        shown = text_of(visit.look(f"/documents/{run.rendition.document.uid}/{page}"))
        assert "Không đọc các trang tính bị ẩn: Nháp." in shown
    assert run.candidates.count() == 2
