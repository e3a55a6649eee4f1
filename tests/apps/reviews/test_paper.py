"""What an official text looks like on paper: words, places, letters; the same bytes each time."""

import ctypes
import io
import re
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import segno

from lotrinh.apps.reviews.printing import FontsNotBuilt, fonts, pdf
from lotrinh.apps.reviews.printing.plain import column_weights
from lotrinh.rules.official.text import Heading, Run, Table
from tests.official_texts import SEAL, long_table, said, seven_months, year_2024

MM = 72 / 25.4


@pytest.fixture(scope="module")
def state() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf(seven_months()))


@pytest.fixture(scope="module")
def party() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(pdf(seven_months("party")))


@pytest.mark.parametrize("system", ["state", "party"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_parts_stand_in_the_order_of_the_form(system, language):
    text = seven_months(system, language)

    words = words_of(pypdfium2.PdfDocument(pdf(text)))

    parts = [
        text.issuer.split()[0],
        text.symbol,
        text.kind,
        text.body[0].text,
        text.signature.capacity[0].split()[0],
        text.signature.post,
        text.signature.name,
        text.appendix[0].caption,
    ]
    if system == "party":
        parts[:0] = [text.superior.split()[0]]
    places = [0]
    for part in parts:
        places.append(words.index(part, places[-1]))
    assert places == sorted(places)


def test_state_and_party_never_share_a_title(state, party):
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words_of(state)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in words_of(state)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words_of(party)
    assert "CỘNG HÒA" not in words_of(party)
    assert "Độc lập" not in words_of(party)


def test_the_edges_are_those_of_the_rule(state, party):
    """Between the edges of the body, first page: left 30, right 20 (State) or 15 (Party)."""
    for document, right in ((state, 20), (party, 15)):
        left_edge, right_edge = body_edges(document[0])
        assert abs(left_edge - 30 * MM) < 1.5
        assert abs(right_edge - (210 - right) * MM) < 1.5


def test_each_page_but_the_first_has_its_number_in_the_middle_of_the_upper_edge(state):
    for place in range(len(state)):
        page = state[place]
        top = page.get_textpage().get_text_bounded(0, page.get_height() - 17 * MM, 595, 842)
        assert top.strip() == ("" if place == 0 else str(place + 1))


def test_a_draft_says_so_on_each_page_and_leaves_number_and_day_open():
    document = pypdfium2.PdfDocument(pdf(year_2024(appendix=(long_table(40),))))

    assert len(document) > 2
    for page in document:
        assert "DỰ THẢO" in page.get_textpage().get_text_range()
    first = folded(document[0].get_textpage().get_text_range())
    assert "Số: /BC-UBND" in first
    assert "Hà Nội, ngày tháng năm 2024" in first


def test_a_sealed_text_names_its_edition_and_hash_on_each_page(state):
    for page in state:
        words = page.get_textpage().get_text_range()
        assert "Bản chốt số 3, chốt 14/8/2023 15:04." in words
        assert SEAL.numbers_sha256 in words
        assert SEAL.journal_root in words
        assert SEAL.address in words
        assert "DỰ THẢO" not in words


def test_the_code_on_each_page_is_that_of_the_address_of_verification(state):
    """The picture at the foot, read module by module, is the code of the address."""
    code = segno.make(SEAL.address, error="m", micro=False, boost_error=False)
    wanted = [list(row) for row in code.matrix]
    for page in state:
        assert modules(page, len(wanted)) == wanted


def test_figures_lead_to_their_sources():
    targets = link_targets(pdf(seven_months()))

    assert {f"{SEAL.address}#{number}" for number in (1, 2, 3, 4, 5, 6)} <= targets


def test_nothing_but_pages_is_linked():
    body = (said(Run("bấm", href="javascript:alert(1)"), Run("tệp", href="file:///etc/passwd")),)

    assert link_targets(pdf(seven_months(body=body, appendix=()))) == {SEAL.address}


def test_missing_figures_are_printed_as_missing_and_changed_ones_are_explained(state):
    words = folded(words_of(state))

    assert "đạt chuẩn quốc gia: [chưa có số liệu]; các quận" in words
    assert "Số liệu có gạch chân chấm đã thay đổi so với lần in trước." in words


@pytest.mark.parametrize(
    "typed",
    [
        "#let x = 1; #x $a^2$ *đậm* _nghiêng_ `mã` <nhãn> @tham // hết",
        '#read("/etc/passwd") \\u{41} "ngoặc" \'đơn\' -- --- ... ~',
        "{{ 7*7 }} {% if 1 %} {_{ a }_}",
        "= Không phải đề mục",
        "- không phải gạch đầu dòng",
    ],
)
def test_what_was_typed_is_printed_and_never_run(typed):
    text = seven_months(
        about=typed,
        issuer=typed,
        body=(Heading(1, typed, typed), said(typed, "hết.")),
        recipients=(typed,),
        appendix=(),
    )

    words = folded(words_of(pypdfium2.PdfDocument(pdf(text))))

    assert words.replace(" ", "").count(typed.rstrip(".;").replace(" ", "")) >= 4


def test_the_same_text_has_the_same_bytes_and_another_text_has_others():
    assert pdf(seven_months()) == pdf(seven_months())
    assert pdf(seven_months()) != pdf(seven_months(number="269"))


def test_a_long_table_repeats_its_head_on_each_page_and_loses_no_row():
    document = pypdfium2.PdfDocument(pdf(seven_months(appendix=(long_table(120),))))

    pages = [folded(page.get_textpage().get_text_range()) for page in document]
    with_rows = [words for words in pages if "nông thôn số" in words]

    assert len(with_rows) > 4
    assert all("Kế hoạch" in words and "Tỷ lệ (%)" in words for words in with_rows)
    rows = [int(n) for words in with_rows for n in re.findall(r"nông thôn số (\d+)", words)]
    assert rows == list(range(1, 121))


def test_390_receivers_are_all_printed_and_the_signature_stands_whole_beside_the_first():
    names = tuple(f"Ủy ban nhân dân xã số {place}" for place in range(1, 391))
    document = pypdfium2.PdfDocument(pdf(seven_months(recipients=names, appendix=())))

    pages = [folded(page.get_textpage().get_text_range()) for page in document]
    signed = next(words for words in pages if "TM. ỦY BAN NHÂN DÂN" in words)

    assert "Nơi nhận:" in signed
    assert "KT. CHỦ TỊCH" in signed
    assert "Nguyễn Thị Minh Khuê" in signed
    listed = [int(n) for words in pages for n in re.findall(r"xã số (\d+);", words)]
    assert listed == list(range(1, 391))


def test_a_table_of_many_columns_lies_on_its_side():
    table = long_table(3)
    wide = type(table)(
        caption="",
        head=tuple(f"Cột {place}" for place in range(10)),
        rows=(tuple(said(str(place)) for place in range(10)),),
        numeric=(True,) * 10,
    )

    document = pypdfium2.PdfDocument(pdf(seven_months(appendix=(wide,))))

    sizes = [tuple(round(side / MM) for side in page.get_size()) for page in document]
    assert sizes[0] == (210, 297)
    assert sizes[-1] == (297, 210)


def test_letters_are_ours_and_within_the_file(state):
    names = {font_name(thing) for page in state for thing in page.get_objects() if is_text(thing)}

    assert {name.partition("+")[2].partition("-")[0] for name in names} == {"Tinos"}


def test_body_and_kind_have_the_sizes_of_the_rule(state, party):
    assert size_of(state[0], "Ngay") == 14
    assert size_of(state[0], "BÁO") == 14
    assert size_of(state[0], "268") == 13
    assert size_of(party[0], "BÁO") == 16
    assert size_of(party[0], "ĐẢNG") == 15


def test_the_newer_guideline_of_the_party_ends_with_a_full_stop():
    day = date(2026, 6, 5)
    newer = words_of(pypdfium2.PdfDocument(pdf(seven_months("party", layout_day=day))))
    older = words_of(pypdfium2.PdfDocument(pdf(seven_months("party"))))

    assert "chậm tiến độ./." not in newer
    assert "chậm tiến độ." in newer
    assert "chậm tiến độ./." in older


def test_a_very_long_word_breaks_and_stays_between_the_edges():
    address = "https://vidu.vn/" + "a" * 200
    table = Table("", ("TT", "Nơi đăng"), ((said("1"), said(address)),), (True, False))

    page = pypdfium2.PdfDocument(pdf(seven_months(appendix=(table,), body=(said(address),))))

    for sheet in page:
        assert body_edges(sheet)[1] <= 190 * MM + 1.5
    assert words_of(page).replace(" ", "").count("a" * 200) == 2


def test_the_number_of_a_document_stays_on_one_line():
    body = tuple(
        said("x" * place, " theo Kế hoạch số 986/KH-UBND và 45-KH/HU") for place in range(25)
    )
    body = tuple(said("Thành phố giao " * 4, *one.runs) for one in body)

    pages = pypdfium2.PdfDocument(pdf(seven_months(appendix=(), body=body)))

    words = "".join(page.get_textpage().get_text_range() for page in pages)
    assert (words.count("986/KH-UBND"), words.count("45-KH/HU")) == (25, 25)


def test_a_narrow_column_has_room_beside_a_wide_one():
    long = said("Tỷ lệ gia đình được công nhận và giữ vững danh hiệu Gia đình văn hóa")
    head = ("TT", "Chỉ tiêu", "Đơn vị chủ trì", "Kế hoạch", "Thực hiện", "Đánh giá")
    row = (said("1"), long, long, said("62%"), said("61%"), long)
    widths = column_weights(Table("", head, (row,), (True, False, False, True, True, False)))

    shares = [160 * one / sum(widths) for one in widths]  # millimetres of the page
    assert shares[0] >= 8
    assert min(shares[1], shares[2], shares[5]) > max(shares[3], shares[4])


def test_without_the_fonts_the_cure_is_named(monkeypatch):
    monkeypatch.setattr(fonts, "FACES", ("regular", "missing"))
    fonts.font_folder.cache_clear()

    with pytest.raises(FontsNotBuilt, match="make setup"):
        fonts.font_folder()
    fonts.font_folder.cache_clear()


def words_of(document: pypdfium2.PdfDocument) -> str:
    return folded("\n".join(page.get_textpage().get_text_range() for page in document))


def folded(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\ufffe\u200b]", "", words))


def body_edges(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """The leftmost and the rightmost letter between the upper and the lower edge."""
    words = page.get_textpage()
    letters = words.get_text_range()
    boxes = [
        words.get_charbox(place) for place, letter in enumerate(letters) if not letter.isspace()
    ]
    inner = [box for box in boxes if 25 * MM < box[1] < 272 * MM and box[2] > box[0]]
    return min(box[0] for box in inner), max(box[2] for box in inner)


def modules(page: pypdfium2.PdfPage, size: int) -> list[list[int]]:
    """The code at the foot: dark and light in the middle of each of its modules."""
    scale = 8
    picture = page.render(scale=scale).to_pil().convert("L")
    side = 12 * MM * scale
    left = 30 * MM * scale
    height = picture.height
    dark = [
        y
        for y in range(int(height - 20 * MM * scale), height)
        if any(picture.getpixel((int(left + x), y)) < 128 for x in range(0, int(side)))
    ]
    module = side / (size + 4)  # two modules stay free on each side
    top = dark[0] - 2 * module
    return [
        [
            int(
                picture.getpixel((int(left + (x + 2.5) * module), int(top + (y + 2.5) * module)))
                < 128
            )
            for x in range(size)
        ]
        for y in range(size)
    ]


def link_targets(document: bytes) -> set[str]:
    with io.BytesIO(document) as held:
        pages = pypdfium2.PdfDocument(held)
        found = set()
        for page in pages:
            for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
                annotation = pdfium.FPDFPage_GetAnnot(page, place)
                link = pdfium.FPDFAnnot_GetLink(annotation)
                if link:
                    action = pdfium.FPDFLink_GetAction(link)
                    size = pdfium.FPDFAction_GetURIPath(pages, action, None, 0)
                    held_uri = ctypes.create_string_buffer(size)
                    pdfium.FPDFAction_GetURIPath(pages, action, held_uri, size)
                    found.add(held_uri.value.decode())
        return found


def is_text(thing: pypdfium2.PdfObject) -> bool:
    return thing.type == pdfium.FPDF_PAGEOBJ_TEXT


def font_name(thing: pypdfium2.PdfObject) -> str:
    return thing.get_font().get_base_name()


def size_of(page: pypdfium2.PdfPage, word: str) -> int:
    words = page.get_textpage()
    place, _ = words.search(word, match_case=True).get_next()
    return round(pdfium.FPDFText_GetFontSize(words, place))


def test_a_name_broken_by_hand_stays_broken_there():
    text = seven_months(issuer="ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI")
    page = pypdfium2.PdfDocument(pdf(text))[0].get_textpage()

    heights = [page.get_charbox(page.search(word).get_next()[0])[1] for word in ("ỦY BAN", "THÀNH")]
    assert heights[0] - heights[1] > 10
