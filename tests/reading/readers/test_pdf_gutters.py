"""Tables of a PDF with lines between their rows and none between their columns."""

from tests.reading.readers.samples import lines, pdf, read, seen

_OPEN = """
Mở đầu
#table(columns: (1cm, 6cm, 4cm, 3cm), stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt),
  [TT], [Nhiệm vụ], [Chủ trì], [Thời hạn],
  table.cell(colspan: 4)[I. Nhóm nhiệm vụ thứ nhất về trồng và chăm sóc cây xanh ở các thôn],
  [1], [Trồng cây xanh tại các thôn và chăm sóc cây đã trồng], [Phòng Kinh tế], [6/2025],
  [2], [Nạo vét kênh mương], [UBND xã Lam Khê], [9/2025],
  [3], [Báo cáo kết quả], [Văn phòng], [12/2025],
  [4], [Thay đèn đường], [Phòng Kinh tế], [7/2025],
  [5], [Sửa nhà văn hóa], [UBND xã Hồ Sen], [8/2025])
Kết thúc
"""


def test_columns_are_where_no_letter_stands() -> None:
    paper = read(pdf(_OPEN), "a.pdf")
    assert seen(paper)[:9] == [
        (0, 0, 1, 1, "TT"),
        (0, 1, 1, 1, "Nhiệm vụ"),
        (0, 2, 1, 1, "Chủ trì"),
        (0, 3, 1, 1, "Thời hạn"),
        (1, 0, 1, 4, "I. Nhóm nhiệm vụ thứ nhất về trồng và chăm sóc cây xanh ở các thôn"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "Trồng cây xanh tại các thôn và chăm sóc cây đã trồng"),
        (2, 2, 1, 1, "Phòng Kinh tế"),
        (2, 3, 1, 1, "6/2025"),
    ]
    assert (lines(paper)[0], lines(paper)[-1]) == ("Mở đầu", "Kết thúc")


def test_lines_around_prose_make_no_table() -> None:
    prose = "Thực hiện Kế hoạch của Ủy ban nhân dân xã về trồng cây xanh tại các thôn trong năm. "
    rule = "#line(length: 100%)\n"
    assert read(pdf((rule + prose * 3 + "\n\n") * 5), "a.pdf").tables == ()


def test_a_head_and_one_long_row_make_no_table() -> None:
    source = """
    #table(columns: (2cm, 6cm, 4cm), stroke: none, table.hline(),
      [TT], [Nhiệm vụ], [Chủ trì], table.hline(),
      [1], [Trồng cây xanh], [Phòng Kinh tế], [2], [Nạo vét kênh], [Văn phòng], table.hline())
    """
    assert read(pdf(source), "a.pdf").tables == ()
