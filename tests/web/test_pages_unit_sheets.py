"""Units from a sheet: looked at, taken over, refused rows given back; and the whole as a sheet."""

import csv
import io
import re

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.files.sheets import as_workbook, read_grid
from lotrinh.apps.units import selectors
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.services import add_name
from tests.cast import Cast
from tests.factories import NOW, TODAY
from tests.old_encodings import in_windows_1258
from tests.unchanged import state_of_tables
from tests.web.visiting import Visit, text_of

PATH = "/units/import/"
HEAD = "Mã đơn vị,Loại đơn vị,Tên đơn vị,Mã cấp trên,Từ ngày,Ghi chú"
GOOD = "phuong-moi,Phường,Phường Sen Mới,quan-ho-sen,1/8/2024,"
BAD = "phuong-loi,Phường,Phường Sen Lỗi,khong-co,32/8/2024,x"


def file_of(*lines: str, name: str = "don-vi.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join((HEAD, *lines)).encode())


def carried(answer) -> str:
    found = re.search(r'name="sheet" value="([^"]+)"', text_of(answer))
    assert found
    return found[1]


def test_a_look_writes_nothing_and_shows_every_verdict(cast: Cast) -> None:
    visit, before = Visit(cast.chi), state_of_tables()
    there = f"{cast.sen_tay.code},commune,Phường Sen Tây,quan-ho-sen,1/8/2008,"

    shown = visit.send(PATH, {"file": file_of(GOOD, BAD, there)}, status=200)

    result = shown.context["result"]
    assert (result.new, result.unchanged, result.refused) == (1, 1, 1)
    assert [(row.line, row.code) for row in result.rows] == [
        (3, "refused"),
        (2, "new"),
        (4, "unchanged"),
    ]
    assert "Từ ngày: “32/8/2024” không phải là ngày" in text_of(shown)
    assert result.strange == "Ghi chú"
    assert state_of_tables() == before


def test_good_rows_come_in_and_bad_ones_go_back(cast: Cast) -> None:
    visit = Visit(cast.chi)
    sheet = carried(visit.send(PATH, {"file": file_of(GOOD, BAD)}, status=200))

    done = visit.send(PATH, {"step": "import", "sheet": sheet}, status=200)
    rows = visit.send(PATH, {"step": "rows", "sheet": carried(done)}, status=200)

    assert done.context["is_done"]
    unit = Unit.objects.get(code="phuong-moi")
    place = selectors.place_of(unit_id=unit.pk, on=TODAY)
    assert place is not None
    assert place.path == (cast.city.pk, cast.ho_sen.pk, unit.pk)
    assert not Unit.objects.filter(code="phuong-loi").exists()
    head, good, row = read_grid(rows.content, "a.xlsx")
    assert head == (*HEAD.split(","), "Kết quả kiểm tra")
    assert good == (*GOOD.split(","), "đã có trong hệ thống")
    assert row[:6] == tuple(BAD.split(","))
    assert row[-1].startswith("LỖI: Từ ngày: “32/8/2024” không phải là ngày")


def test_sending_the_form_twice_is_sending_it_once(cast: Cast) -> None:
    visit = Visit(cast.chi)
    sheet = carried(visit.send(PATH, {"file": file_of(GOOD)}, status=200))
    visit.send(PATH, {"step": "import", "sheet": sheet}, status=200)
    before = state_of_tables()

    again = visit.send(PATH, {"step": "import", "sheet": sheet}, status=200)

    assert again.context["result"].unchanged == 1
    assert state_of_tables() == before


def test_a_sheet_that_was_changed_on_the_way_is_refused(cast: Cast) -> None:
    visit = Visit(cast.chi)
    sheet = carried(visit.send(PATH, {"file": file_of(GOOD)}, status=200))
    before = state_of_tables()

    for wrong in ("", sheet[:-2] + "xx", "x" + sheet):
        visit.send(PATH, {"step": "import", "sheet": wrong}, status=422)
    assert state_of_tables() == before


def test_what_is_no_sheet_of_units_is_refused_with_the_cure(cast: Cast) -> None:
    visit = Visit(cast.chi)
    said = {
        "": SimpleUploadedFile("a.csv", b""),
        "Mã đơn vị": SimpleUploadedFile("a.csv", b"a,b\n1,2\n"),
        "Word": SimpleUploadedFile("a.xlsx", b"%PDF-1.4 nothing"),
    }

    for words, file in said.items():
        assert words in text_of(visit.send(PATH, {"file": file}, status=422))
    visit.send(PATH, {}, status=422)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HEAD.encode() + b"\na;\xff\xfe\x80x\n", f"từ byte thứ {len(HEAD.encode()) + 3}."),
        (HEAD.encode() + b'\na,"b\n', "dòng 2"),
        (HEAD.encode() + b"\n" * 50_001, "50.000 dòng"),
        (b"," * 2_000 + b"\n", "1.000 cột"),
        (b"x" * 1_000_001, "1.000.000 ký tự"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(
    cast: Cast, content: bytes, words: str
) -> None:
    file = SimpleUploadedFile("a.csv", content)

    shown = text_of(Visit(cast.chi).send(PATH, {"file": file}, status=422))

    assert words in shown


def test_the_page_says_which_sheet_was_read(cast: Cast) -> None:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.add_worksheet("Hướng dẫn").write("A1", "Điền vào trang sau")
    sheet = book.add_worksheet("Đơn vị")
    sheet.write_row(3, 0, HEAD.split(","))
    sheet.write_row(4, 0, GOOD.split(","))
    book.add_worksheet("Danh mục").hide()
    book.close()
    file = SimpleUploadedFile("a.xlsx", held.getvalue())

    shown = Visit(cast.chi).send(PATH, {"file": file}, status=200)

    assert [(row.line, row.code) for row in shown.context["result"].rows] == [(5, "new")]
    assert "Chỉ đọc trang “Đơn vị”, không đọc: Hướng dẫn, Danh mục." in text_of(shown)


def test_old_letters_are_converted_and_told(cast: Cast) -> None:
    content = "\n".join((HEAD, *(GOOD.replace("moi", f"moi-{n}") for n in range(4))))
    old = b"".join(in_windows_1258(content))

    shown = Visit(cast.chi).send(PATH, {"file": SimpleUploadedFile("a.csv", old)}, status=200)

    assert shown.context["result"].new == 4
    assert "bảng mã cũ (Windows-1258)" in text_of(shown)


def test_the_file_that_comes_back_is_sent_again_once_it_is_mended(cast: Cast) -> None:
    visit = Visit(cast.chi)
    sheet = carried(visit.send(PATH, {"file": file_of(GOOD, BAD)}, status=200))
    done = visit.send(PATH, {"step": "import", "sheet": sheet}, status=200)
    back = visit.send(PATH, {"step": "rows", "sheet": carried(done)}, status=200)
    rows = [list(row) for row in read_grid(back.content, "a.xlsx")]
    rows[2][3], rows[2][4] = "quan-ho-sen", "2/8/2024"

    again = SimpleUploadedFile("a.xlsx", as_workbook(rows, name="A"))
    shown = visit.send(PATH, {"file": again}, status=200)

    result = shown.context["result"]
    assert (result.new, result.unchanged, result.refused) == (1, 1, 0)
    assert result.strange == "Ghi chú"


def test_a_cell_beyond_excel_is_told_and_the_csv_has_room_for_it(cast: Cast) -> None:
    for number in range(200):
        text = f"{number} " + "Ủy ban nhân dân " * 11
        add_name(unit=cast.sen_tay, kind="alias", text=text.strip(), actor=cast.chi.named, at=NOW)
    visit = Visit(cast.chi)

    refused = visit.client.get("/units/export.xlsx")
    whole = visit.look("/units/export.csv").content

    assert (refused.status_code, refused["Location"]) == (303, "/units/")
    assert len(max(read_csv_cells(whole), key=len)) > 32_767


def read_csv_cells(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]


def test_the_export_is_read_again_and_changes_nothing(cast: Cast) -> None:
    visit = Visit(cast.chi)
    for name in ("lotrinh-units.csv", "lotrinh-units.xlsx"):
        given = visit.look(f"/units/export.{name[-4:].strip('.')}")
        file = SimpleUploadedFile(name, given.content)

        shown = visit.send(PATH, {"file": file}, status=200)

        assert shown.context["result"].unchanged == 7
        assert shown.context["result"].new == shown.context["result"].refused == 0


def test_a_large_sheet_costs_no_more_queries_than_a_small_one(cast: Cast) -> None:
    visit = Visit(cast.chi)
    rows = [(f"p{n}", "commune", f"Phường {n}", "quan-ho-sen", "1/8/2024") for n in range(400)]
    head = tuple(HEAD.split(","))
    costs = []
    for count in (1, 400):
        content = as_workbook([head, *rows[:count]], name="A")
        with CaptureQueriesContext(connection) as asked:
            shown = visit.send(PATH, {"file": SimpleUploadedFile("a.xlsx", content)}, status=200)
        costs.append(len(asked))
        assert shown.context["result"].new == count
    assert costs[0] == costs[1] <= 20
    assert len(shown.content) < 40_000


def test_a_kind_that_nobody_knows_is_confirmed_before_it_comes_in(cast: Cast) -> None:
    visit = Visit(cast.chi)
    strange = "vung-moi,Vùng,Vùng Sen,quan-ho-sen,1/8/2024,"

    shown = visit.send(PATH, {"file": file_of(GOOD, strange)}, status=200)
    result = shown.context["result"]
    assert (result.new, result.refused, result.kinds) == (1, 1, "Vùng")
    sheet = {"sheet": carried(shown)}

    visit.send(PATH, {**sheet, "step": "import"}, status=200)
    assert not Unit.objects.filter(code="vung-moi").exists()

    again = visit.send(PATH, {**sheet, "step": "kinds"}, status=200)
    assert (again.context["result"].new, again.context["result"].refused) == (1, 0)
    assert not Unit.objects.filter(code="vung-moi").exists()
    assert 'name="new_kinds" value="1"' in text_of(again)

    visit.send(PATH, {**sheet, "step": "import", "new_kinds": "1"}, status=200)
    assert Unit.objects.get(code="vung-moi").kind == "Vùng"
