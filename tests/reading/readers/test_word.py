"""Word files as they look on paper."""

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table

from tests.reading.readers.samples import lines, read, rows, saved, seen, with_part


def _list_item(document: Made, text: str, number: int, level: int) -> None:
    """Add a paragraph that belongs to a level of a numbered list."""
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))


def _numbering(document: Made, levels: list[tuple[str, str]], number: int = 90) -> None:
    """Define list ``number`` with a format and a pattern for each level."""
    made = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for place, (form, pattern) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    space = nsdecls("w")
    root.insert(
        0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{number}">{made}</w:abstractNum>')
    )
    root.append(
        parse_xml(f'<w:num {space} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    )


def _fill(table: Table, texts: list[list[str]]) -> None:
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text


def test_blocks_come_in_the_order_of_the_paper() -> None:
    document = Document()
    document.add_paragraph("Kế hoạch số 12/KH-UBND")
    _fill(document.add_table(2, 2), [["TT", "Nhiệm vụ"], ["1", "Trồng cây"]])
    document.add_paragraph("Nơi nhận:")
    paper = read(saved(document), "a.docx")
    assert paper.text == "Kế hoạch số 12/KH-UBND\n\nTT\nNhiệm vụ\n1\nTrồng cây\n\nNơi nhận:\n"
    assert seen(paper) == [
        (0, 0, 1, 1, "TT"),
        (0, 1, 1, 1, "Nhiệm vụ"),
        (1, 0, 1, 1, "1"),
        (1, 1, 1, 1, "Trồng cây"),
    ]


def test_labels_are_written_out_level_by_level() -> None:
    document = Document()
    _numbering(document, [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)")])
    for text, level in (
        ("Mục tiêu", 0),
        ("Chung", 1),
        ("Cụ thể", 1),
        ("Về cây", 2),
        ("Về nước", 2),
        ("Nhiệm vụ", 0),
        ("Rà soát", 1),
    ):
        _list_item(document, text, 90, level)
    assert lines(read(saved(document), "a.docx")) == [
        "I. Mục tiêu",
        "1. Chung",
        "2. Cụ thể",
        "a) Về cây",
        "b) Về nước",
        "II. Nhiệm vụ",
        "1. Rà soát",
    ]


def test_a_label_of_several_levels_and_a_bullet() -> None:
    document = Document()
    _numbering(document, [("decimal", "%1."), ("decimal", "%1.%2."), ("bullet", "-")])
    for text, level in (("Một", 0), ("Hai", 0), ("Hai một", 1), ("Gạch", 2), ("Hai hai", 1)):
        _list_item(document, text, 90, level)
    assert lines(read(saved(document), "a.docx")) == [
        "1. Một",
        "2. Hai",
        "2.1. Hai một",
        "- Gạch",
        "2.2. Hai hai",
    ]


def test_a_style_may_number_its_paragraphs() -> None:
    document = Document()
    document.add_paragraph("Mở đầu", style="List Number")
    document.add_paragraph("Không số")
    document.add_paragraph("Kết thúc", style="List Number")
    assert lines(read(saved(document), "a.docx")) == ["1. Mở đầu", "Không số", "2. Kết thúc"]


def test_running_numbers_of_rows_stand_in_empty_cells() -> None:
    document = Document()
    _numbering(document, [("decimal", "%1")])
    table = document.add_table(2, 2)
    for row in (0, 1):
        table.cell(row, 1).text = f"Việc {row}"
        table.cell(row, 0).paragraphs[0]._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
        )
    assert rows(read(saved(document), "a.docx")) == [["1", "Việc 0"], ["2", "Việc 1"]]


def test_merged_cells_keep_their_reach() -> None:
    document = Document()
    table = document.add_table(4, 4)
    _fill(table, [["TT", "Việc", "", "Hạn"], ["", "Chủ trì", "Phối hợp", ""]])
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).text = "I"
    table.cell(2, 1).merge(table.cell(2, 3)).text = "Nhóm một"
    table.cell(3, 3).text = "2025"
    assert seen(read(saved(document), "a.docx")) == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 1, 2, "Việc"),
        (0, 3, 1, 1, "Hạn"),
        (1, 1, 1, 1, "Chủ trì"),
        (1, 2, 1, 1, "Phối hợp"),
        (1, 3, 1, 1, ""),
        (2, 0, 1, 1, "I"),
        (2, 1, 1, 3, "Nhóm một"),
        (3, 0, 1, 1, ""),
        (3, 1, 1, 1, ""),
        (3, 2, 1, 1, ""),
        (3, 3, 1, 1, "2025"),
    ]


def test_a_cell_of_several_paragraphs_is_one_piece_of_text() -> None:
    document = Document()
    _fill(document.add_table(1, 2), [["- Rà soát;\n- Báo cáo.", "Quý II"]])
    assert rows(read(saved(document), "a.docx")) == [["- Rà soát;\n- Báo cáo.", "Quý II"]]


def test_a_table_of_one_cell_is_prose_and_an_inner_table_belongs_to_its_cell() -> None:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "Khung"
    outer = document.add_table(1, 2)
    _fill(outer, [["Ngoài", "Cạnh"]])
    _fill(outer.cell(0, 0).add_table(1, 2), [["trong một", "trong hai"]])
    paper = read(saved(document), "a.docx")
    assert lines(paper)[0] == "Khung"
    assert [rows(paper, table) for table in paper.tables] == [
        [["Ngoài\ntrong một\ntrong hai", "Cạnh"]]
    ]


def test_deleted_text_is_gone_and_inserted_text_stays() -> None:
    document = Document()
    paragraph = document.add_paragraph("Hoàn thành trước ngày ")
    space = nsdecls("w")
    for xml in (
        f'<w:del {space} w:id="1" w:author="x"><w:r><w:delText>15/6</w:delText></w:r></w:del>',
        f'<w:ins {space} w:id="2" w:author="x"><w:r><w:t>30/6/2025</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(parse_xml(xml))
    table = document.add_table(3, 2)
    _fill(table, [["1", "giữ"], ["2", "bỏ"], ["3", "giữ"]])
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    paper = read(saved(document), "a.docx")
    assert lines(paper)[0] == "Hoàn thành trước ngày 30/6/2025"
    assert rows(paper) == [["1", "giữ"], ["3", "giữ"]]


def test_breaks_tabs_capitals_and_hidden_text() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("kế hoạch").font.all_caps = True
    paragraph.add_run().add_break()
    paragraph.add_run("Số:\t12")
    paragraph.add_run(" ẩn").font.hidden = True
    assert read(saved(document), "a.docx").text == "KẾ HOẠCH\nSố:\t12\n"


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    document = Document()
    box = "<w:txbxContent><w:p><w:r><w:t>PHỤ LỤC I</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        nsdecls("w")
        + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    document.add_paragraph("Kèm theo kế hoạch")._p.append(
        parse_xml(
            f"<w:r {spaces}><mc:AlternateContent>"
            f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    assert lines(read(saved(document), "a.docx")) == ["Kèm theo kế hoạch", "PHỤ LỤC I"]


def test_the_first_header_opens_the_text_and_footers_close_it_without_page_numbers() -> None:
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "MẬT"
    section.header.paragraphs[0].text = "Trang 2"
    section.footer.paragraphs[0].text = "Lưu hành nội bộ"
    document.add_paragraph("Nội dung")
    assert lines(read(saved(document), "a.docx")) == ["MẬT", "Nội dung", "Lưu hành nội bộ"]


def test_footnotes_stand_at_the_end_without_their_marks() -> None:
    document = Document()
    paragraph = document.add_paragraph("Đạt 95%")
    paragraph.add_run()._r.append(OxmlElement("w:footnoteReference"))
    data = saved(document)
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>x'
        "</w:t></w:r></w:p></w:footnote><w:footnote w:id='1'><w:p><w:r><w:t>Số liệu quý I.</w:t>"
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/>'
        '<Relationship Id="r2" Type="http://x/image" Target="NULL"/></Relationships>'
    )
    data = with_part(data, "word/footnotes.xml", notes.encode())
    data = with_part(data, "word/_rels/document.xml.rels", relations.encode())
    assert lines(read(data, "a.docx")) == ["Đạt 95%", "Số liệu quý I."]


def test_old_fonts_tell_old_letters() -> None:
    document = Document()
    for font, text in (
        (".VnTimeH", "kÕ ho¹ch"),
        (".VnTime", "ñy ban nh©n d©n x· Lam Khª"),
        ("VNI-Times", "UÛY BAN NHAÂN DAÂN"),
        (".VnTime", "Ủy ban nhân dân"),
    ):
        run = document.add_paragraph().add_run(text)
        run.font.name = font
        run._r.rPr.rFonts.set(qn("w:hAnsi"), font)
    paper = read(saved(document), "a.docx")
    assert lines(paper) == [
        "KẾ HOẠCH",
        "ủy ban nhân dân xã Lam Khê",
        "ỦY BAN NHÂN DÂN",
        "Ủy ban nhân dân",
    ]
    assert [(note.code, note.data) for note in paper.notes] == [
        ("converted", {"encoding": "TCVN3 (ABC), VNI"})
    ]
