"""How the pages of the organisation speak: a story day by day, a tree in its order, the frame."""

from datetime import date

import pytest

from tests.cast import ABOLISHED_ON, Cast
from tests.factories import LONG_AGO, key, make_unit, place
from tests.web.visiting import Visit, text_of

BASIS = "Nghị quyết số 12/NQ-HĐND ngày 1/9/2024"
ABOLITION = date(2024, 10, 1)


def page_of(unit) -> str:
    return f"/units/{unit.uid}/"


def abolish(cast: Cast) -> None:
    """Let Sen Tây end on the first of October; Đồng Gạo takes over."""
    words = {
        "client_key": str(key()),
        "day": "1/10/2024",
        "legal_basis": BASIS,
        "receiver": "Huyện Đồng Gạo",
    }
    visit = Visit(cast.chi)
    path = f"{page_of(cast.sen_tay)}change/abolish/"
    shown = visit.send(path, words, status=200)
    visit.send(path, {**words, "confirm": shown.context["form"].said})


def told(answer) -> list[tuple[date | None, bool, str, list[tuple[str, list[str]]]]]:
    """Return the story of a page: each day, whether it is to come, its basis, what it says."""
    return [
        (
            day.day,
            day.is_to_come,
            day.basis,
            [(line.text, [one.name for one in line.units]) for line in day.lines],
        )
        for day in answer.context["story"]
    ]


def test_the_story_of_an_ended_unit_and_of_the_one_that_follows(cast: Cast) -> None:
    abolish(cast)
    visit = Visit(cast.chi)

    began = (LONG_AGO, False, "", [("Được ghi nhận từ ngày này, trực thuộc:", ["Quận Hồ Sen"])])
    ended = [("Kết thúc hoạt động; kế thừa là:", ["Huyện Đồng Gạo"])]
    assert told(visit.look(page_of(cast.sen_tay))) == [began, (ABOLITION, True, BASIS, ended)]
    later = visit.look(f"{page_of(cast.sen_tay)}?on=1/10/2024")
    assert told(later) == [began, (ABOLITION, False, BASIS, ended)]
    (_first, follows) = told(visit.look(page_of(cast.dong_gao)))
    assert follows == (ABOLITION, True, BASIS, [("Kế thừa toàn bộ:", ["Phường Sen Tây"])])


def test_what_happened_in_several_trees_on_one_day_stands_together(cast: Cast) -> None:
    head = make_unit("thanh-uy", tree="party", kind="party_committee", name_vi="Thành ủy")
    moved = make_unit("quan-moi", parent=cast.city, kind="district", name_vi="Quận Mới")
    place(moved, parent=head, tree="party")

    shown = Visit(cast.chi).look(page_of(moved))

    assert told(shown) == [
        (
            LONG_AGO,
            False,
            "",
            [
                ("Được ghi nhận từ ngày này, trực thuộc:", ["Thành phố Hồ Sen"]),
                ("Trong “party”, trực thuộc:", ["Thành ủy"]),
            ],
        )
    ]
    above = [(one.name, one.note) for one in shown.context["superiors"]]
    assert above == [("Thành phố Hồ Sen", ""), ("Thành ủy", "party")]


def test_the_first_sentence_says_whether_the_unit_stands(cast: Cast) -> None:
    coming = make_unit("phuong-moi", parent=cast.ho_sen, since=date(2025, 7, 1), kind="commune")
    visit = Visit(cast.an)

    def said(unit, day: str) -> str:
        page = text_of(visit.look(f"{page_of(unit)}?on={day}"))
        return page.split('<p class="lt-say">')[1].split("</p>")[0]

    assert said(coming, "30/6/2025").startswith("Ngày 30/6/2025 chưa có đơn vị này")
    assert "bắt đầu từ ngày <b>1/7/2025</b>" in said(coming, "30/6/2025")
    assert said(coming, "1/7/2025").startswith("Trực thuộc")
    assert "đến hết ngày <b>31/12/2023</b>" in said(cast.sen_cu, ABOLISHED_ON.isoformat())
    assert "Không còn việc nào" not in said(cast.ho_sen, "7/8/2024")


def test_bodies_stand_before_territories_and_many_of_one_kind_under_a_heading(cast: Cast) -> None:
    for number in range(3):
        make_unit(f"quan-{number}", parent=cast.city, kind="district", name_vi=f"Quận {number}")
    make_unit("so-y-te", parent=cast.city, kind="department", name_vi="Sở Y tế")
    make_unit("xa-xa", parent=cast.city, kind="commune", name_vi="Xã Xa")

    shown = Visit(cast.an).look("/units/")

    rows = [(row.node.name, row.begins, row.is_headed) for row in shown.context["branches"]]
    assert rows == [
        ("Thành phố Hồ Sen", 0, False),
        ("Văn phòng Thành ủy", 0, False),
        ("Sở Y tế", 0, False),
        ("Huyện Đồng Gạo", 5, True),
        ("Quận 0", 0, True),
        ("Quận 1", 0, True),
        ("Quận 2", 0, True),
        ("Quận Hồ Sen", 0, True),
        ("Phường Sen Tây", 0, False),
        ("Xã Xa", 1, True),
    ]
    assert "Quận, huyện, thị xã <span>5</span>" in text_of(shown)


def test_comparisons_near_at_hand_are_offered(cast: Cast) -> None:
    visit = Visit(cast.an)

    def offered(query: str) -> list[date]:
        return [day for day, _url in visit.look(f"/units/{query}").context["others"]]

    today = date(2024, 8, 7)
    eve = date(2023, 12, 31)
    assert offered("") == [eve]
    assert offered("?on=2023-06-01") == [ABOLISHED_ON, today]
    assert offered("?on=2024-01-01") == [eve, today]
    (near,) = (url for day, url in visit.look("/units/").context["others"])
    gone = visit.look(near.split("#")[0]).context["differences"]
    assert [(one.code, one.count) for one in gone] == [("gone", 1)]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/units/", "organisation"),
        ("/changes/", "organisation"),
        ("/units/import/", "organisation"),
        ("/people/", "organisation"),
        ("/rights/why/", "organisation"),
        ("/documents/new/", "documents"),
        ("/duties/", "duties"),
        ("/targets/", "targets"),
    ],
)
def test_the_rail_shows_where_one_is_and_the_foot_what_counts_there(
    cast: Cast, path: str, section: str
) -> None:
    shown = Visit(cast.chi).look(path)

    assert shown.context["section"] == section
    rail = text_of(shown).split('<nav class="lt-rail"')[1].split("</nav>")[0]
    assert rail.count("aria-current") == 1
    speaks_of_proposals = "Đề xuất chỉ được tính" in text_of(shown)
    assert speaks_of_proposals is (section != "organisation")
