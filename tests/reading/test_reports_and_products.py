"""Titles of reports, names of products, and lines that a date begins."""

import pytest

from lotrinh.reading.reader import read_text

HEAD = """ỦY BAN NHÂN DÂN
Số: 300/BC-UBND
Hà Nội, ngày 2 tháng 5 năm 2024

{kind}
{title}

I. VIỆC
{body}
"""


def relations(
    title: str, kind: str = "BÁO CÁO", body: str = "Đã làm xong."
) -> list[tuple[str, str]]:
    found = read_text(HEAD.format(kind=kind, title=title, body=body)).facts
    return [(fact.relation, fact.target) for fact in found if fact.kind == "relation"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Kết quả thực hiện Kế hoạch số 986/KH-UBND ngày 15/3/2024", "986/KH-UBND"),
        ("Tình hình triển khai thực hiện Nghị quyết số 57-NQ/TW", "57-NQ/TW"),
        ("Về tình hình thực hiện Kế hoạch số 986/KH-UBND", "986/KH-UBND"),
    ],
)
def test_what_a_report_reports_on(title: str, found: str) -> None:
    assert relations(title) == [("reports_on", found)]


def test_a_title_on_one_line_with_its_kind() -> None:
    assert relations("", kind="BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH SỐ 986/KH-UBND") == [
        ("reports_on", "986/KH-UBND")
    ]


def test_a_plan_reports_on_nothing() -> None:
    text = HEAD.replace("BC-UBND", "KH-UBND").format(
        kind="KẾ HOẠCH",
        title="Thực hiện Nghị quyết số 57-NQ/TW",
        body="1. Sở Y tế báo cáo kết quả thực hiện Kế hoạch số 986/KH-UBND trước ngày 1/9/2024.",
    )
    found = [(f.relation, f.target) for f in read_text(text).facts if f.kind == "relation"]
    assert found == [("implements", "57-NQ/TW")]


@pytest.mark.parametrize(
    ("work", "product"),
    [
        (
            "Sở Nội vụ xây dựng Đề án sắp xếp tổ chức bộ máy ngành y tế trước ngày 1/9/2024.",
            "Đề án sắp xếp tổ chức bộ máy ngành y tế",
        ),
        (
            "Sở Nội vụ ban hành kế hoạch trồng rừng đề phòng sạt lở trong tháng 9/2024.",
            "kế hoạch trồng rừng đề phòng sạt lở",
        ),
        (
            "Sở Nội vụ xây dựng Đề án nâng cao chất lượng nguồn nhân lực ngành công nghệ số vùng"
            " nông thôn miền núi phía tây thành phố giai đoạn mới trước ngày 1/9/2024.",
            "Đề án nâng cao chất lượng nguồn nhân lực ngành công nghệ số vùng"
            " nông thôn miền núi phía tây",
        ),
    ],
)
def test_a_product_ends_behind_a_whole_word(work: str, product: str) -> None:
    text = HEAD.format(kind="KẾ HOẠCH", title="Việc của năm", body=f"1. {work}")
    (task,) = [fact for fact in read_text(text).facts if fact.kind == "task"]
    assert task.deliverable == product


def test_a_product_in_a_quoted_article_has_no_closing_quote() -> None:
    body = (
        "1. Bổ sung khoản 13 như sau:\n“13. Sở Y tế chủ trì thống nhất mẫu sổ khám, hoàn thành "
        "trước ngày 15/8/2024. Sản phẩm: mẫu sổ khám.”"
    )
    text = HEAD.format(kind="QUYẾT ĐỊNH", title="Về mẫu sổ", body=body)
    (task,) = [fact for fact in read_text(text).facts if fact.kind == "task"]
    assert task.deliverable == "mẫu sổ khám"


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trước ngày\n30/9/2024 và báo cáo UBND Thành phố.", "2024-09-30"),
        ("trước ngày\n30.9.2024.", "2024-09-30"),
        ("chậm nhất ngày\n30 tháng 9 năm 2024.", "2024-09-30"),
        ("trong quý\nIII/2024.", "2024-Q3"),
        ("trong tháng\n9/2024.", "2024-09"),
    ],
)
def test_a_line_that_begins_with_a_date_goes_on_with_its_task(words: str, due: str) -> None:
    body = f"1. Sở Y tế rà soát quy định về hồ nước trong thành phố, hoàn thành {words}"
    text = HEAD.format(kind="KẾ HOẠCH", title="Việc của năm", body=body)
    (task,) = [fact for fact in read_text(text).facts if fact.kind == "task"]
    assert (task.lead, task.due) == (("Sở Y tế",), due)
