"""CSV as offices write it: every encoding, separator and line end gives the same rows."""

import pytest

from lotrinh.apps.files.csv_text import read_csv
from lotrinh.apps.files.sheets import read_sheet
from lotrinh.reading.readers import Unreadable
from lotrinh.reading.readers.old_letters import TCVN3, VNI, WINDOWS_1258
from tests.old_encodings import in_tcvn3, in_vni, in_windows_1258

ROWS = (
    ("Mã đơn vị", "Loại đơn vị", "Tên đơn vị", "Căn cứ pháp lý"),
    ("p1", "Phường", "Phường Sen Trắng", "Nghị quyết số 1, ngày 2/3/2024; có hiệu lực"),
    ("p2", "Phường", "Phường Đồng Gạo", "Quyết định của Ủy ban nhân dân thành phố"),
    ("p3", "Sở", "Sở Giáo dục và Đào tạo", "Nghị định của Chính phủ quy định về tổ chức"),
)


def written(delimiter=",", end="\r\n", rows=ROWS):
    """Return the rows with every cell in quotation marks, as Excel quotes what needs it."""
    return end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_unicode_and_every_separator_gives_the_same_rows(encoding, delimiter):
    assert read_csv(written(delimiter).encode(encoding)) == (ROWS, None)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_rows(end):
    assert read_csv(written(";", end).encode()) == (ROWS, None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_line_of_excel_names_the_separator_and_is_no_row(delimiter):
    text = f"sep={delimiter}\r\n{written(delimiter)}"

    assert read_csv(text.encode("utf-8-sig"))[0] == ROWS


SMALL = tuple(tuple(cell.replace("Đ", "đ").replace("Ủ", "ủ") for cell in row) for row in ROWS)
"""TCVN3 has no capitals with tones."""


@pytest.mark.parametrize(
    ("encode", "name", "rows"),
    [
        (in_windows_1258, WINDOWS_1258, ROWS),
        (in_tcvn3, TCVN3, SMALL),
        (in_vni, VNI, SMALL),
    ],
)
def test_letters_from_before_unicode_are_turned_into_modern_ones(encode, name, rows):
    content = b"".join(encode(written(";", rows=rows)))

    assert read_csv(content) == (rows, name)
    assert read_sheet(content, "a.csv").encoding == name


def test_old_letters_that_were_saved_as_unicode_are_turned_too():
    shown = b"".join(in_tcvn3(written(";", rows=SMALL))).decode("latin-1")

    assert read_csv(shown.encode("utf-8-sig")) == (SMALL, TCVN3)


@pytest.mark.parametrize(("mark", "offset"), [(b"", 22), (b"\xef\xbb\xbf", 25)])
def test_a_file_in_no_encoding_is_refused_by_the_first_byte_that_is_none(mark, offset):
    with pytest.raises(Unreadable) as refused:
        read_csv(mark + "Mã đơn vị;Tên\n".encode() + b"a;\xff\xfe\x80x\n")

    assert (refused.value.code, refused.value.data) == ("encoding", {"offset": offset})


def test_line_breaks_and_quotes_stay_in_their_cells_and_empty_rows_count():
    text = 'Mã,Tên\r\n"a","Phường\r\nSen ""Cũ"""\r\n\r\nb,"x,y"\r\n'

    assert read_csv(text.encode())[0] == (
        ("Mã", "Tên"),
        ("a", 'Phường\r\nSen "Cũ"'),
        ("", ""),
        ("b", "x,y"),
    )


def test_empty_columns_at_the_right_are_left_out_and_short_rows_filled():
    assert read_csv(b"Unit code,Kind,Name,,,\na,b,c,,,\nd\n")[0] == (
        ("Unit code", "Kind", "Name"),
        ("a", "b", "c"),
        ("d", "", ""),
    )


def test_the_separator_is_told_by_the_head_and_not_by_the_titles():
    text = (
        "DANH SÁCH ĐƠN VỊ, TỔ CHỨC, BỘ MÁY, NĂM 2024\n"
        "Mã đơn vị;Loại;Tên\n"
        "a;Phường;Phường A, thuộc quận B, thành phố C, nước D\n"
    )

    assert read_csv(text.encode())[0][1:] == (
        ("Mã đơn vị", "Loại", "Tên"),
        ("a", "Phường", "Phường A, thuộc quận B, thành phố C, nước D"),
    )


def test_a_quotation_mark_that_is_never_closed_is_told_by_its_row():
    for text, row in (('a,b\n"x\ny",c\n1,"open\n2,3\n', 4), ('a,b\n"x" y,c\n', 2)):
        with pytest.raises(Unreadable) as refused:
            read_csv(text.encode())
        assert (refused.value.code, refused.value.data) == ("damaged", {"part": f"csv:{row}"})


@pytest.mark.parametrize(
    ("content", "what", "limit"),
    [
        (b"a," * 2_000_000 + b"\n", "characters", 1_000_000),
        (b"a\n" + b"," * 100_000 + b"\n", "columns", 1_000),
        (b'"' + b"x" * 40_000 + b'"\n', "characters", 32_767),
        (b'"' + b"x\n" * 140_000 + b'"\n', "characters", 32_767),
        (b"a,b\n" * 50_001, "rows", 50_000),
    ],
)
def test_what_is_too_large_is_refused_at_once(content, what, limit):
    with pytest.raises(Unreadable) as refused:
        read_csv(content)

    assert (refused.value.code, refused.value.data["what"]) == ("too_large", what)
    assert refused.value.data["limit"] == limit


def test_a_line_of_fifty_megabytes_is_refused_before_it_is_looked_at():
    with pytest.raises(Unreadable) as refused:
        read_sheet(b"a" * 50_000_000, "a.csv")

    assert refused.value.data == {"what": "bytes", "found": 50_000_000, "limit": 16 * 1024 * 1024}
