"""A proposal that is not plain says which field to look at and why, with a door to that field."""

import re

import pytest

from lotrinh.apps.intake.models import ReadingRun
from tests.cast import Cast
from tests.factories import make_run
from tests.web.visiting import Visit, text_of

TEXT = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI
Số: 4471/KH-UBND
Hà Nội, ngày 2 tháng 5 năm 2024

KẾ HOẠCH
Chăm sóc hồ nước năm 2024

1. Phấn đấu đến ngày 31/12/2025, tỷ lệ hồ nước được quan trắc đạt 80%.
2. Ủy ban nhân dân Quận Hồ Sen chủ trì rà soát quy định về hồ nước, báo cáo ngày 30/9/2024.
3. Các đơn vị phải kiểm tra hồ nước, hoàn thành trong quý IV/2024.
4. Ủy ban nhân dân Quận Hồ Sen phải công bố kết quả quan trắc ngày 15/10/2024.
"""


@pytest.fixture
def desk(cast: Cast) -> str:
    run: ReadingRun = make_run(keeper=cast.office, user=cast.chi, text=TEXT)
    return f"/documents/{run.rendition.document.uid}/desk/"


def test_every_card_that_is_not_plain_names_the_field(cast: Cast, desk: str) -> None:
    visit = Visit(cast.chi)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)

    cards = visit.look(desk).context["cards"]

    assert {card.certainty for card in cards} == {"look"}
    assert [[(one.field, one.why) for one in card.looks] for card in cards] == [
        [("value", "See that this level is to be reached, and was not reached already.")],
        [("title", "See that these words are one task, and the whole of it.")],
        [
            ("unit", "The unit named in the text is not one that stands today under that name."),
            ("due", "The text states no day; the last one in term is filled in."),
        ],
        [("title", "See that these words are one task, and the whole of it.")],
    ]


def test_the_page_leads_from_the_reason_to_the_field(cast: Cast, desk: str) -> None:
    page = text_of(Visit(cast.chi).look(desk))

    doors = re.findall(r'<li><a href="#(c\d+-\w+)">([^<]+)</a>: ([^<]+)</li>', page)
    assert [(field, label) for field, label, _why in doors] == [
        ("c3-unit", "Đơn vị"),
        ("c3-due", "Hạn"),
        ("c1-value", "Mức"),
        ("c2-title", "Việc"),
        ("c4-title", "Việc"),
    ]
    assert all(f'id="{field}"' in page for field, _label, _why in doors)


def test_numbers_of_proposals_are_no_part_of_the_text(cast: Cast, desk: str) -> None:
    page = text_of(Visit(cast.chi).look(desk))

    assert 'data-no="1"' in page
    assert "<sup" not in page
