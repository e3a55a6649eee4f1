"""People: who signs, which post belongs to whom, and names that are told again."""

from lotrinh.reading import read_text


def people(text: str) -> list[tuple[str, str | None]]:
    facts = (fact for fact in read_text(text).facts if fact.kind == "person")
    return [(fact.text, fact.fields()["role"]) for fact in facts]


def test_who_signs_beside_the_recipients() -> None:
    text = (
        "Nơi nhận:                              KT. GIÁM ĐỐC\n"
        "- Như trên;                            PHÓ GIÁM ĐỐC\n"
        "- UBND tỉnh (b/c);\n"
        "- Lưu: VT.                             Nông Thị Hảo\n"
    )
    assert people(text) == [("Nông Thị Hảo", "PHÓ GIÁM ĐỐC")]


def test_who_signs_below_recipients_that_came_between() -> None:
    text = "KT. CHỦ TỊCH\nNơi nhận:\nPHÓ CHỦ TỊCH\n- Bộ Nội vụ;\n- Lưu: VT, NC.\nTrịnh Công Nghĩa\n"
    assert people(text) == [("Trịnh Công Nghĩa", "PHÓ CHỦ TỊCH")]


def test_a_post_before_a_colon_holds_for_the_list() -> None:
    text = "Tham dự có các đồng chí Phó Chủ tịch UBND tỉnh: Nguyễn Long Biên, Lê Huyền."
    post = "Phó Chủ tịch UBND tỉnh"
    assert people(text) == [("Nguyễn Long Biên", post), ("Lê Huyền", post)]


def test_the_post_behind_a_name_is_not_the_next_ones() -> None:
    text = (
        "Các đồng chí Hồ Thanh Sơn, Phó Bí thư Tỉnh ủy, Cao Tiến Dũng, Chủ tịch UBND tỉnh chủ trì "
        "cuộc họp."
    )
    assert people(text) == [
        ("Hồ Thanh Sơn", "Phó Bí thư Tỉnh ủy"),
        ("Cao Tiến Dũng", "Chủ tịch UBND tỉnh"),
    ]


def test_a_dash_joins_two_posts() -> None:
    text = "Ông Nguyễn Hữu Nghĩa, Ủy viên Trung ương Đảng - Bí thư Tỉnh ủy và các thành viên."
    assert people(text) == [("Nguyễn Hữu Nghĩa", "Ủy viên Trung ương Đảng - Bí thư Tỉnh ủy")]


def test_an_act_parts_a_post_from_the_next_name() -> None:
    text = "PM Chinh said that the meeting with Party General Secretary Nguyen Phu Loc was useful."
    assert ("Nguyen Phu Loc", "Party General Secretary") in people(text)


def test_the_last_part_of_a_name_speaks_again() -> None:
    text = "Chairman Dam Quoc Huy presided. Concluding the meeting, Huy asked departments to act."
    assert [name for name, _ in people(text)] == ["Dam Quoc Huy", "Huy"]
