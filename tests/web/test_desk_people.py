"""The person whom the text names for a task is offered where the unit has exactly one."""

import pytest

from lotrinh.apps.intake.models import ReadingRun
from tests.cast import Cast
from tests.factories import appoint, make_officer, make_person, make_post, make_run
from tests.web.visiting import Visit

TEXT = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI
Số: 4491/KH-UBND
Hà Nội, ngày 2 tháng 5 năm 2024

KẾ HOẠCH
Chăm sóc hồ nước năm 2024

1. Ủy ban nhân dân Quận Hồ Sen rà soát quy định về hồ nước, xong trước ngày 30/9/2024.
- Người phụ trách: bà Phan Thu Hà, Chuyên viên Ủy ban nhân dân Quận Hồ Sen.
- Sản phẩm: báo cáo rà soát.
2. Ủy ban nhân dân Quận Hồ Sen lập danh mục hồ nước, xong trước ngày 15/10/2024.
- Người phụ trách: đồng chí Lê Thị Mây, Phó Chủ tịch Ủy ban nhân dân Quận Hồ Sen.
3. Ủy ban nhân dân Quận Hồ Sen kiểm tra hồ nước, xong trước ngày 15/11/2024.
Hội nghị có bà Phan Thu Hà, Chuyên viên dự.
"""


@pytest.fixture
def run(cast: Cast) -> ReadingRun:
    return make_run(keeper=cast.office, user=cast.chi, text=TEXT)


def people(cast: Cast, run: ReadingRun) -> list[tuple[str, str, bool]]:
    shown = Visit(cast.chi).look(f"/documents/{run.rendition.document.uid}/desk/")
    cards = shown.context["window"].cards
    return [(card.person, card.person_as_read, "person" in card.missing) for card in cards]


def test_one_who_fits_is_filled_in_and_others_are_named_only(cast: Cast, run: ReadingRun) -> None:
    assert people(cast, run) == [
        ("Phan Thu Hà (Chuyên viên, Quận Hồ Sen)", "Phan Thu Hà", False),
        ("", "Lê Thị Mây, Phó Chủ tịch Ủy ban nhân dân Quận Hồ Sen", True),
        ("", "", True),
    ]


def test_of_two_of_one_name_the_title_tells(cast: Cast, run: ReadingRun) -> None:
    post = make_post(cast.ho_sen, title_vi="Chánh Văn phòng")
    appoint(make_person("Phan Thu Hà"), post)

    assert people(cast, run)[0][0] == "Phan Thu Hà (Chuyên viên, Quận Hồ Sen)"


def test_of_two_who_fit_nobody_is_filled_in(cast: Cast, run: ReadingRun) -> None:
    make_officer(cast.ho_sen, full_name="Phan Thu Hà")

    assert people(cast, run)[0] == ("", "Phan Thu Hà", True)


def test_the_door_leads_to_the_name(cast: Cast, run: ReadingRun) -> None:
    shown = Visit(cast.chi).look(f"/documents/{run.rendition.document.uid}/desk/")

    start, end = shown.context["window"].cards[0].words["person"]
    assert run.rendition.text[start:end] == "Phan Thu Hà"
