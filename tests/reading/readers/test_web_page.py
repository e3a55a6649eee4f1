"""Web pages: the document without the site around it."""

import time

from tests.reading.readers.samples import lines, read, refused, rows, seen

_ARTICLE = (
    "<p>Chiều 9/5, Huyện ủy Phố Cây tổ chức hội nghị sơ kết 6 tháng thực hiện Nghị quyết số"
    " 05-NQ/TU về phát triển nông nghiệp, với hơn 300 đại biểu tại 12 điểm cầu toàn huyện.</p>"
    "<p>Đến nay toàn huyện đã trồng được 15.000 cây xanh, đạt 75% kế hoạch năm; tỷ lệ hộ nghèo"
    " giảm còn 1,2%, giảm 0,3 điểm phần trăm so với cùng kỳ năm trước.</p>"
    "<ol><li>Giao Phòng Kinh tế chủ trì rà soát quy hoạch.</li>"
    "<li>Giao Văn phòng đôn đốc.</li></ol>"
    "<table><tr><th>Chỉ tiêu</th><th>Kế hoạch</th></tr><tr><td>Cây xanh</td><td>20.000</td></tr>"
    "</table><p>Kết luận hội nghị, Bí thư Huyện ủy yêu cầu các xã hoàn thành trước ngày 30/11.</p>"
)
_PAGE = (
    '<html><head><meta charset="utf-8"><title>Báo</title></head><body>'
    '<div class="menu"><a href="1">Trang chủ</a><a href="2">Thời sự trong nước</a></div>'
    "<nav>Chính trị</nav><h1>Phố Cây sơ kết 6 tháng</h1>"
    f'<div class="body">{_ARTICLE}</div>'
    '<div class="related-news"><ul>'
    '<li><a href="3">Hồ Sen khánh thành nhà văn hóa 5 tỷ đồng</a></li>'
    '<li><a href="4">Lam Khê công bố quyết định về công tác cán bộ</a></li></ul></div>'
    '<div class="comments">Bình luận (0)</div><div class="sidebar">'
    '<a href="5">Giá vàng hôm nay tăng'
    " thêm hai triệu đồng mỗi lượng so với hôm qua</a></div>"
    "<footer>Giấy phép số 123/GP ngày 1/1/2020</footer><script>var x = 1;</script></body></html>"
)


def test_the_article_is_read_with_its_title_list_and_table() -> None:
    paper = read(_PAGE.encode(), "a.html")
    found = lines(paper)
    assert found[0] == "Phố Cây sơ kết 6 tháng"
    assert found[1].startswith("Chiều 9/5, Huyện ủy Phố Cây")
    assert found[3:5] == [
        "1. Giao Phòng Kinh tế chủ trì rà soát quy hoạch.",
        "2. Giao Văn phòng đôn đốc.",
    ]
    assert rows(paper) == [["Chỉ tiêu", "Kế hoạch"], ["Cây xanh", "20.000"]]
    assert found[-1].endswith("trước ngày 30/11.")


def test_nothing_of_the_site_around_it_is_read() -> None:
    text = read(_PAGE.encode(), "a.html").text
    for word in ("Trang chủ", "Chính trị", "Hồ Sen", "Bình luận", "Giá vàng", "123/GP", "var x"):
        assert word not in text


def test_a_document_saved_as_a_page_is_read_whole() -> None:
    page = (
        "<html><body><p>ỦY BAN NHÂN DÂN<br>XÃ LAM KHÊ</p><p>Điều 1. Giao\n Phòng   Kinh tế.</p>"
        '<ol type="a" start="3"><li>Rà soát</li><li>Báo cáo</li></ol><ul><li>Lưu: VT</li></ul>'
        '<table><tr><td rowspan="2">1</td><td colspan="2">Nhóm</td></tr>'
        "<tr><td><p>Trồng cây</p><p>Tưới cây</p></td><td></td></tr></table></body></html>"
    )
    paper = read(page.encode(), "a.html")
    assert lines(paper)[:6] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ LAM KHÊ",
        "Điều 1. Giao Phòng Kinh tế.",
        "c. Rà soát",
        "d. Báo cáo",
        "- Lưu: VT",
    ]
    assert seen(paper) == [
        (0, 0, 2, 1, "1"),
        (0, 1, 1, 2, "Nhóm"),
        (1, 1, 1, 1, "Trồng cây\nTưới cây"),
        (1, 2, 1, 1, ""),
    ]


def test_tables_that_only_place_things_are_prose() -> None:
    page = (
        "<body><table><tr><td>Mở đầu<table><tr><td>TT</td><td>Việc</td></tr>"
        "<tr><td>1</td><td>Trồng</td></tr></table></td></tr></table></body>"
    )
    paper = read(page.encode(), "a.html")
    assert lines(paper)[0] == "Mở đầu"
    assert rows(paper) == [["TT", "Việc"], ["1", "Trồng"]]


def test_the_page_says_its_encoding() -> None:
    page = '<html><meta charset="windows-1258"><p>' + "K\xea\u0301 hoa\u0323ch"
    assert read(page.encode("cp1258"), "a.htm").text == "Kê\u0301 hoa\u0323ch\n"
    assert refused("<html><p>K\xea hoach".encode("latin-1"), "a.htm").code == "encoding"


def test_a_page_is_told_by_what_it_holds() -> None:
    data = b"<!DOCTYPE html><html><body><p>Plan 12</p></body></html>"
    assert read(data, "export.xls").text == "Plan 12\n"


def test_a_page_without_a_word_is_empty() -> None:
    assert refused(b"<html><body><script>1</script></body></html>", "a.html").code == "empty"


def test_spans_beyond_measure_are_refused() -> None:
    cell = '<td rowspan="1000" colspan="1000">x</td>'
    assert refused(f"<table><tr>{cell}{cell}</tr></table>".encode(), "a.html").code == "too_large"


def test_a_page_that_stands_in_a_form_is_read_without_its_controls() -> None:
    page = (
        '<html><body><form method="post"><p>KẾ HOẠCH</p><input value="x"><button>Gửi</button>'
        "<select><option>Chọn</option></select><textarea>y</textarea>"
        "<p>Giao Sở Nội vụ lập báo cáo.</p></form></body></html>"
    )
    assert lines(read(page.encode(), "a.html")) == ["KẾ HOẠCH", "Giao Sở Nội vụ lập báo cáo."]


def test_an_article_that_stands_in_a_form_is_still_told_from_the_site() -> None:
    page = _PAGE.replace("<body>", '<body><form id="all">').replace("</body>", "</form></body>")
    assert "<form" in page
    assert read(page.encode(), "a.html").text == read(_PAGE.encode(), "a.html").text


def test_items_are_counted_once_for_each_list() -> None:
    inner = "<ol><li>Một</li></ol>"
    items = "".join(f"<li>Việc{inner if place == 1 else ''}</li>" for place in range(3))
    page = f'<ol>{items}<li value="9">Chín</li><li>Mười</li></ol><ol start="4"><li>Bốn</li></ol>'
    assert lines(read(page.encode(), "a.html")) == [
        "1. Việc",
        "2. Việc",
        "1. Một",
        "3. Việc",
        "9. Chín",
        "10. Mười",
        "4. Bốn",
    ]


def test_a_long_list_takes_no_longer_than_its_items() -> None:
    page = "<ol>" + "<li>Việc</li>" * 30_000 + "</ol>"
    began = time.process_time()
    assert lines(read(page.encode(), "a.html"))[-1] == "30000. Việc"
    assert time.process_time() - began < 20
