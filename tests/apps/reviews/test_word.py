"""What an official text holds as a Word file, and that an office's own template prints it too."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx as reader
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lotrinh.apps.reviews.printing import TemplateFaulty, TemplateFlaw, docx, office_template
from lotrinh.rules.official.text import Heading, Table
from tests.official_texts import SEAL, long_table, said, seven_months, year_2024

DAY = date(2023, 8, 14)


def opened(made: bytes):
    return reader.Document(io.BytesIO(made))


def words_in(made: bytes) -> str:
    """Every word of the file in the order of its parts: heading, body, signature, feet."""
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        names = ["word/document.xml", *sorted(n for n in parts.namelist() if "/footer" in n)]
        return "\n".join(words_of_xml(parts.read(name).decode()) for name in names)


def words_of_xml(xml: str) -> str:
    root = reader.oxml.parse_xml(xml.encode())
    return "\n".join(
        "".join(
            "-" if one.tag == qn("w:noBreakHyphen") else one.text or ""
            for one in paragraph.iter(qn("w:t"), qn("w:noBreakHyphen"))
        )
        for paragraph in root.iter(qn("w:p"))
    )


@pytest.mark.parametrize("system", ["state", "party"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_parts_stand_in_the_order_of_the_form(system, language):
    text = seven_months(system, language)

    words = words_in(docx(text))

    parts = [
        text.issuer,
        text.symbol,
        text.kind,
        text.about,
        text.body[0].text,
        text.signature.capacity[0],
        text.signature.post,
        text.signature.name,
        text.appendix[0].caption,
        SEAL.numbers_sha256,
        SEAL.address,
    ]
    places = [0]
    for part in parts:
        places.append(words.index(part, places[-1]))
    assert places == sorted(places)


def test_state_and_party_never_share_a_title():
    state, party = words_in(docx(seven_months())), words_in(docx(seven_months("party")))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in state
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in state
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party
    assert "CỘNG HÒA" not in party
    assert "Độc lập" not in party


@pytest.mark.parametrize(
    ("system", "day", "right", "line"),
    [
        ("state", DAY, 20, None),
        ("party", DAY, 15, 18),
        ("party", date(2026, 6, 1), 15, 19),
    ],
)
def test_page_and_body_have_the_measures_of_the_rule(system, day, right, line):
    document = opened(docx(seven_months(system, layout_day=day)))
    section = document.sections[0]
    body = document.styles["LT Body"]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    edges = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(edge.mm) for edge in edges] == [20, 20, 30, right]
    assert (body.font.name, body.font.size) == ("Times New Roman", Pt(14))
    assert round(body.paragraph_format.first_line_indent.mm) == 10
    if line:
        assert body.paragraph_format.line_spacing == Pt(line)
    else:
        assert body.paragraph_format.line_spacing == 1.0


def test_the_first_page_has_no_number_and_the_others_have_it_in_the_middle():
    section = opened(docx(seven_months())).sections[0]

    assert section.different_first_page_header_footer
    assert section.first_page_header._element.findall(f".//{qn('w:fldSimple')}") == []
    (number,) = section.header._element.findall(f".//{qn('w:fldSimple')}")
    assert number.get(qn("w:instr")).strip() == "PAGE"


def test_a_draft_says_so_above_each_page_and_a_sealed_text_does_not():
    for made, word in ((docx(year_2024()), "DỰ THẢO"), (docx(seven_months()), "")):
        section = opened(made).sections[0]
        for header in (section.header, section.first_page_header):
            assert header.paragraphs[0].text.strip("\t2") == word


def test_seal_and_code_stand_at_the_foot_of_first_and_other_pages():
    section = opened(docx(seven_months())).sections[0]

    for footer in (section.footer, section.first_page_footer):
        words = "\n".join(p.text for p in footer.tables[0].rows[0].cells[1].paragraphs)
        assert SEAL.numbers_sha256 in words
        assert SEAL.address in words
        (picture,) = footer._element.findall(f".//{qn('a:blip')}")
        part = footer.part.related_parts[picture.get(qn("r:embed"))]
        assert part.blob.startswith(b"\x89PNG")
    assert opened(docx(year_2024())).sections[0].footer.tables == []


def test_missing_changed_and_linked_figures_are_marked():
    document = opened(docx(seven_months()))
    runs = {
        run.text: run
        for paragraph in document.paragraphs
        for run in [*paragraph.runs, *(r for link in paragraph.hyperlinks for r in link.runs)]
    }
    targets = {link.url for p in document.paragraphs for link in p.hyperlinks}

    assert runs["[chưa có số liệu]"].bold
    assert runs["2 triệu"].underline == 4  # dotted
    assert runs["45,37 tỷ đồng"].bold
    assert targets == {f"{SEAL.address}#{number}" for number in (1, 2, 3, 4, 5, 6)}
    assert "Số liệu có gạch chân chấm" in words_in(docx(seven_months()))


def test_the_last_words_stay_beside_the_signature():
    document = opened(docx(seven_months(appendix=())))
    last = [p for p in document.paragraphs if p.style.name == "LT Body"][-1]

    assert last.text.endswith("chậm tiến độ./.")
    assert last.paragraph_format.keep_with_next
    row = document.tables[-1].rows[0]._tr
    assert row.trPr.find(qn("w:cantSplit")) is not None


def test_a_table_repeats_its_head_and_aligns_its_figures():
    table = opened(docx(seven_months(appendix=(long_table(60),)))).tables[-1]

    assert len(table.rows) == 61
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[60].cells[0].text == "60"
    styles = [cell.paragraphs[0].style.name for cell in table.rows[1].cells]
    assert styles == ["LT Figure", "LT Cell", "LT Figure", "LT Figure", "LT Figure"]


def test_a_table_of_many_columns_lies_on_its_side():
    wide = Table(
        caption="",
        head=tuple(f"Cột {place}" for place in range(10)),
        rows=(tuple(said(str(place)) for place in range(10)),),
        numeric=(True,) * 10,
    )

    document = opened(docx(seven_months(appendix=(wide,))))

    sizes = [(round(s.page_width.mm), round(s.page_height.mm)) for s in document.sections]
    assert sizes == [(210, 297), (297, 210)]


def test_the_number_of_a_document_stays_on_one_line():
    plan = "Kế hoạch số 986/KH-UBND"
    made = opened(docx(seven_months(about=plan, body=(said(f"Theo {plan}, rà soát lại."),))))

    hyphens = made.element.body.findall(f".//{qn('w:noBreakHyphen')}")
    assert len(hyphens) >= 3  # in the number of the text, the subject and the body
    assert "Theo Kế hoạch số 986/KH-UBND, rà soát lại./." in [one.text for one in made.paragraphs]


def test_the_same_text_has_the_same_bytes_and_another_text_has_others():
    assert docx(seven_months()) == docx(seven_months())
    assert docx(seven_months()) != docx(seven_months(number="269"))
    with zipfile.ZipFile(io.BytesIO(docx(seven_months()))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 7*7 }} {% if 1 %} {%p for x in y %} {# ghi chú #}",
        "{_{ a }_} {_% b %_}",
        "{{p body }} {{r x }} {{ body }}",
        "<w:p> &lt; & \"ngoặc\" 'đơn' ]]>",
        "#let x = 1 $a$ \\n",
    ],
)
def test_what_was_typed_is_printed_and_never_run(typed):
    text = seven_months(
        about=typed,
        issuer=typed,
        body=(Heading(1, "I.", typed), said(typed, " hết")),
        recipients=(typed, "Lưu: VT"),
        signature=replace(seven_months().signature, name=typed),
        appendix=(Table(typed, (typed,), ((said(typed),),), (False,), (typed,)),),
    )

    words = words_in(docx(text))

    assert words.count(typed) == 10


def test_lines_typed_into_one_paragraph_stay_lines_and_control_signs_vanish():
    made = docx(seven_months(body=(said("dòng một\ndòng hai\x00\x07"),), appendix=()))
    (paragraph,) = [p for p in opened(made).paragraphs if p.style.name == "LT Body"]

    assert paragraph.text == "dòng một\ndòng hai./."


# ---- templates of an office ----


@pytest.mark.parametrize(("system", "day"), [("state", DAY), ("party", DAY)])
def test_a_template_that_an_office_takes_and_gives_back_prints_the_same(system, day):
    text = seven_months(system)

    assert docx(text, office_template(system, day)) == docx(text)


def changed_template(change) -> bytes:
    """The template of the State after somebody worked on it in Word."""
    document = opened(office_template("state", DAY))
    change(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_what_an_office_changes_in_its_template_is_printed():
    def change(document):
        document.sections[0].left_margin = Mm(35)
        document.styles["LT Body"].font.size = Pt(13)
        document.add_paragraph("Người liên hệ: Văn phòng UBND Thành phố")

    document = opened(docx(seven_months(), changed_template(change)))

    assert round(document.sections[0].left_margin.mm) == 35
    assert document.styles["LT Body"].font.size == Pt(13)
    assert document.paragraphs[-1].text == "Người liên hệ: Văn phòng UBND Thành phố"


def paragraph_with(document, words):
    """The paragraph that holds some words, wherever it stands."""
    for paragraph in document.element.body.iter(qn("w:p")):
        found = reader.text.paragraph.Paragraph(paragraph, document)
        if words in found.text:
            return found
    raise AssertionError(words)


def retyped(old: str, new: str):
    def change(document):
        paragraph = paragraph_with(document, old)
        paragraph.runs[0].text = new
        for run in paragraph.runs[1:]:
            run.text = ""

    return change


@pytest.mark.parametrize(
    ("old", "new", "flaw", "tag"),
    [
        ("{{ issuer }}", "{{ isuer }}", TemplateFlaw.UNKNOWN, "isuer"),
        ("{{ number }}", "Số: ...", TemplateFlaw.LACKING, "number"),
        ("{{ issuer }}", "{{ issuer }", TemplateFlaw.BROKEN, "{{ issuer }"),
        ("{%p if superior %}", "{%p if superior", TemplateFlaw.BROKEN, "{%"),
        ("{{ nation }}", "{{ party }}", TemplateFlaw.UNKNOWN, "party"),
        (
            "{{ nation }}",
            "Đảng Cộng sản Việt Nam {{ nation }}",
            TemplateFlaw.OTHER_SYSTEM,
            "ĐẢNG CỘNG SẢN VIỆT NAM",
        ),
    ],
)
def test_a_broken_template_is_refused_by_the_tag_at_fault(old, new, flaw, tag):
    template = changed_template(retyped(old, new))

    with pytest.raises(TemplateFaulty) as refused:
        docx(seven_months(), template)

    assert refused.value.flaw is flaw
    assert tag in refused.value.tag


def test_a_template_of_the_other_system_is_refused():
    with pytest.raises(TemplateFaulty) as refused:
        docx(seven_months(), office_template("party", DAY))

    assert refused.value.flaw in (TemplateFlaw.UNKNOWN, TemplateFlaw.OTHER_SYSTEM)


@pytest.mark.parametrize("given", [b"", b"%PDF-1.7", b"PK\x03\x04broken"])
def test_what_is_no_word_file_is_refused(given):
    with pytest.raises(TemplateFaulty) as refused:
        docx(seven_months(), given)

    assert refused.value.flaw is TemplateFlaw.NOT_WORD


@pytest.mark.parametrize(
    "tag",
    [
        "{{ issuer.__class__.__mro__ }}",
        "{{ ''.__class__.__subclasses__() }}",
        "{% for x in body %}{{ x }}{% endfor %}",
        "{{ issuer * 1000000000 }}",
        "{{ issuer|upper }}",
        "{% set body = number %}",
        "{% include 'x' %}",
    ],
)
def test_a_template_reaches_nothing_but_the_words_of_the_text(tag):
    template = changed_template(retyped("{{ issuer }}", "{{ issuer }} " + tag))

    with pytest.raises(TemplateFaulty) as refused:
        docx(seven_months(), template)

    assert refused.value.flaw is TemplateFlaw.TOO_MUCH
    assert "issuer" in refused.value.tag


def test_styles_that_an_office_threw_away_are_lent_again():
    def change(document):
        style = document.styles["LT Heading 2"]
        style.element.getparent().remove(style.element)

    document = opened(docx(seven_months(), changed_template(change)))

    assert document.styles["LT Heading 2"].font.bold


def test_a_letter_names_its_subject_under_the_number_and_no_kind():
    words = words_in(docx(seven_months(kind="", about="báo cáo tiến độ", appendix=())))

    assert "Số: 268/BC-UBND\nV/v báo cáo tiến độ" in words
    assert "BÁO CÁO\n" not in words
    assert not re.search(r"\{[{%]", words)


def test_a_name_broken_by_hand_stays_broken_there():
    made = opened(docx(seven_months(issuer="ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI")))
    lines = [p.text for p in made.tables[0].rows[0].cells[0].paragraphs]

    assert lines[0] == "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI"
