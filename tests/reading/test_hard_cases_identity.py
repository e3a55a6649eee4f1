"""The hard cases of identity: each is one that real documents hold, under its name."""

import pytest

from lotrinh.reading import Reading, Relation, read_text

ABOVE = "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ LAM KHÊ\nSố: 115/KH-UBND\nLam Khê, ngày 05 tháng 3 năm 2024\n"


def numbers(text: str) -> list[object]:
    return [fact.fields()["number"] for fact in read_text(text).facts if fact.kind == "citation"]


def dates(text: str) -> list[tuple[object, object]]:
    facts = (fact.fields() for fact in read_text(text).facts if fact.kind == "date")
    return [(fact["iso"], fact["role"]) for fact in facts]


def people(text: str) -> list[tuple[object, object]]:
    facts = (fact.fields() for fact in read_text(text).facts if fact.kind == "person")
    return [(fact["name"], fact["role"]) for fact in facts]


def relations(reading: Reading) -> list[tuple[str, str, str]]:
    found = (fact for fact in reading.facts if isinstance(fact, Relation))
    return [(fact.source, fact.relation, fact.target) for fact in found]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Nghị quyết số 45- NQ/TW", "45-NQ/TW"),
        ("Nghị quyết 45 - NQ/TW", "45-NQ/TW"),
        ("Chương trình 06/Ctr-TU", "06-CTr/TU"),
        ("Chương trình 06-Ctr-TU", "06-CTr/TU"),
        ("Kế hoạch 102-KH-UBND", "102/KH-UBND"),
        ("Kế hoạch 47-KH/DU", "47-KH/ĐU"),
        ("QÐ số 12/QÐ-UBND", "12/QĐ-UBND"),
        ("Quyết định số 296-QD/TW", "296-QĐ/TW"),
        ("Quyết định số 296-QĐ/TƯ", "296-QĐ/TW"),
        ("Nghị quyết số 60-NQ/T.Ư", "60-NQ/TW"),
        ("Nghị quyết số 60-NQ/T.W", "60-NQ/TW"),
        ("Quyết định số 1961/QĐUBND", "1961/QĐ-UBND"),
        ("Nghị định 61/2018/NĐCP", "61/2018/NĐ-CP"),
        ("Nghị quyết số 30c/NQCP", "30c/NQ-CP"),
        ("Thông tư số 01/2018/TTVPCP", "01/2018/TT-VPCP"),
        ("Quyết định số 84 QĐ/TWĐTN", "84-QĐ/TWĐTN"),
        ("Nghị quyết 57NQ/TW", "57-NQ/TW"),
        ("Quyết định số số 1001/QĐ-BNV", "1001/QĐ-BNV"),
        ("Quyết định 124/QĐ/TTg", "124/QĐ-TTg"),
        ("Quyết định 42/2014/QĐ-TTG", "42/2014/QĐ-TTg"),
        ("Kế hoạch số 281/KH\u2011UBND", "281/KH-UBND"),
        ("Nghị quyết số 193/2025/NQ-QH15", "193/2025/QH15"),
        ("Nghị quyết số 33/2021/UBTVQH15", "33/2021/UBTVQH15"),
        ("Tờ trình số 12/TTr-BKHCN-BTTTT", "12/TTr-BKHCN-BTTTT"),
        ("Quyết định 2074a/QĐ-TTTT", "2074a/QĐ-TTTT"),
        ("Công văn (số 73/TTg-CN)", "73/TTg-CN"),
        ("Official Letter No.: 6120/UBND-KGVX", "6120/UBND-KGVX"),
        ("Chương trình phối hợp số 05/CTrPH-SNV-LĐLĐ", "05/CTrPH-SNV-LĐLĐ"),
        ("Văn bản số 126/SKHĐT", "126/SKHĐT"),
        ("Số:    198  /BC-UBND", "198/BC-UBND"),
        ("Kế hoạch số 1 50/KH-UBND", "150/KH-UBND"),
        ("Nghị quyết số 45-NQ/TW1 về trí thức", "45-NQ/TW"),
        ("Quyết định số1234/QĐ-UBND", "1234/QĐ-UBND"),
    ],
)
def test_1_every_way_of_writing_a_number_gives_one(written: str, number: str) -> None:
    assert numbers(written) == [number]


def test_2_a_suffix_that_the_issuer_settles() -> None:
    assert numbers("Nghị quyết 13-NQ/TƯ của Tỉnh ủy về hạ tầng") == ["13-NQ/TU"]
    assert numbers("Nghị quyết 13-NQ/TƯ về hạ tầng") == ["13-NQ/TW"]
    reading = read_text(
        "TỈNH ỦY LAM KHÊ\nĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 445-KL/TƯ\n"
        "Lam Khê, ngày 13 tháng 5 năm 2022\nKẾT LUẬN\nvề hạ tầng giao thông\n"
    )
    assert reading.header.number == "445-KL/TU"


def test_3_a_suffix_that_contradicts_its_issuer_is_kept() -> None:
    (citation,) = read_text("Chỉ thị số 35-CT/TU ngày 14-6-2024 của Bộ Chính trị").facts[:1]
    assert citation.fields() == {
        "number": "35-CT/TU",
        "type": "CT",
        "issuer": "Bộ Chính trị",
        "date": "2024-06-14",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Resolution 98/2023/QH15. Resolution 98 of the National Assembly", ["98/2023/QH15"] * 2),
        ("Resolution No. 18, No. 19-NQ/TW", ["18-NQ/TW", "19-NQ/TW"]),
        ("Conclusion No. 14 of the Politburo", ["14-KL/TW"]),
        ("Resolution 57, adopted by the Politburo", ["57"]),
        ("Nghị quyết 57, 59, 66 và 68 của Bộ Chính trị", [f"{n}-NQ/TW" for n in (57, 59, 66, 68)]),
        (
            "Nghị quyết số 57, Nghị quyết số 59 và Nghị quyết số 66 của Bộ Chính trị",
            ["57-NQ/TW", "59-NQ/TW", "66-NQ/TW"],
        ),
        ("Nghị định 30/2020 về văn thư", ["30/2020/NĐ-CP"]),
        ("Decree No. 30 of 2020 on records", ["30/2020/NĐ-CP"]),
        ("Nghị quyết 98/2023 của Quốc hội", ["98/2023/QH15"]),
        ("Nghị quyết 35/2021 của Quốc hội", ["35/2021"]),
        ("Nghị định 88/2025/NĐ-CP; thực hiện 88/NĐ-CP", ["88/2025/NĐ-CP"] * 2),
        ("Hướng dẫn số 09-HD/BTCTW. Quán triệt Hướng dẫn 09.", ["09-HD/BTCTW"] * 2),
        ("Quán triệt Hướng dẫn 09.", []),
        ("Kế hoạch 12-KH/TU và Kế hoạch 12/KH-UBND, xem Kế hoạch số 12.", None),
    ],
)
def test_4_a_short_form_has_exactly_one_candidate_or_none(
    text: str, found: list[str] | None
) -> None:
    if found is None:
        assert numbers(text)[-1] == "12"
    else:
        assert numbers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "urban railway project No. 5",
        "as regulated in Article 24",
        "Trưởng đoàn kiểm tra số 11",
        "nhà sinh hoạt cộng đồng số 5",
        "theme 2025",
        "Mẫu số 02/BC",
        "vụ án số 12/HS",
        "gói thầu số 05/XL",
        "QCVN 102:2016/BTTTT",
        "Số:      /QĐ-UBND",
        "https://lamkhe.example/van-ban/45-nq-tw-2023",
    ],
)
def test_5_a_number_that_is_no_document(text: str) -> None:
    assert numbers(text) == []


def test_5b_a_day_given_later() -> None:
    text = "Directive 24-CT/TU is in force. This directive, issued on August 7, 2023, has 25 signs."
    (citation,) = (fact for fact in read_text(text).facts if fact.kind == "citation")
    assert citation.fields()["date"] == "2023-08-07"
    assert dates(text) == [("2023-08-07", "issued")]


def test_5c_a_day_given_before_the_number() -> None:
    text = "Ngày 22/12/2024, Bộ Chính trị đã ban hành Nghị quyết số 57-NQ/TW về đột phá."
    (citation,) = (fact for fact in read_text(text).facts if fact.kind == "citation")
    assert citation.fields()["date"] == "2024-12-22"
    assert dates(text) == [("2024-12-22", "issued")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Căn cứ Luật Xây dựng ngày 26/11/2013;", [("2013-11-26", "issued")]),
        ("Pursuant to the December 25, 2001 Law on Cities;", [("2001-12-25", "issued")]),
        ("Luật Đất đai năm 2024 quy định", []),
        ("the 2024 Land Law", []),
        ("trước 17h00 ngày 30/6/2025", [("2025-06-30", "deadline")]),
        ("trước 30/11 hằng năm", []),
        ("định kỳ 1 tháng 1 lần", []),
    ],
)
def test_11_what_looks_like_a_day_and_what_it_is_for(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As of June 15, ten were done", ["XXXX-06-15"]),
        ("the first 7 months of 2023", ["2023-01/2023-07"]),
        ("sáu tháng đầu năm 2021", ["2021-01/2021-06"]),
        ("6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm 2024", ["2024-01/2024-06", "2024-07/2024-12"]),
        ("trong quý II", ["XXXX-Q2"]),
        ("to be finished in March.", ["XXXX-03"]),
        ("từ ngày 01/3 đến ngày 15/4/2025", ["2025-03-01", "2025-04-15"]),
        ("từ ngày 10 đến ngày 12/4/2024", ["2024-04-10", "2024-04-12"]),
        ("held on August 01 and 02, 2016", ["2016-08-01", "2016-08-02"]),
        ("from July 10 to 11, 2025", ["2025-07-10/2025-07-11"]),
        ("ngày 21-22/5/2024", ["2024-05-21/2024-05-22"]),
        ("(15/10/2006 - 15/10/2016)", ["2006-10-15/2016-10-15"]),
        ("sáng nay (5/9)", ["XXXX-09-05"]),
        ("đến 15/12 phải xong", ["XXXX-12-15"]),
        ("đạt đến 9/10 chỉ tiêu", []),
        ("Q3 2024", ["2024-Q3"]),
        ("the second half of 2024", ["2024-07/2024-12"]),
    ],
)
def test_12_times_without_a_year_and_shared_ones(text: str, found: list[str]) -> None:
    assert [iso for iso, _ in dates(text)] == found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 14 tháng5 năm 2011", "2011-05-14"),
        ("Động26/01/2025", "2025-01-26"),
        ("ngày22 tháng 7 năm 2010", "2010-07-22"),
        ("ngày 18 tháng 11\nnăm 2018", "2018-11-18"),
        ("ngày 15/6/20251 của Chính phủ", "2025-06-15"),
        ("giai đoạn 20112020", "2011/2020"),
        ("day 05 month 02 year 2008", "2008-02-05"),
        ("báo cáo trước10/5", "XXXX-05-10"),
    ],
)
def test_17_glued_and_broken_dates(text: str, iso: str) -> None:
    assert [found for found, _ in dates(text)] == [iso]


def test_19_a_standing_post_is_one_post_in_either_language() -> None:
    vietnamese = "Phó Bí thư Thường trực Thành ủy Nguyễn Thị Lan dự hội nghị."
    english = "Standing Deputy Secretary of the City Party Committee Nguyen Thi Lan attended."
    assert people(vietnamese) == [("Nguyễn Thị Lan", "Phó Bí thư Thường trực Thành ủy")]
    assert people(english) == [
        ("Nguyen Thi Lan", "Standing Deputy Secretary of the City Party Committee")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "đồng chí Trần Văn Khuê – TUV, Bí thư Quận ủy; các ban",
            [("Trần Văn Khuê", "TUV, Bí thư Quận ủy")],
        ),
        (
            "Hồ Quốc Lâm - Bí thư Tỉnh ủy và các Phó Chủ tịch HĐND tỉnh Đoàn Văn Bình, "
            "Huỳnh Thúy Vân - Tỉnh ủy viên, chủ trì kỳ họp.",
            [
                ("Hồ Quốc Lâm", "Bí thư Tỉnh ủy"),
                ("Đoàn Văn Bình", "Phó Chủ tịch HĐND tỉnh"),
                ("Huỳnh Thúy Vân", "Tỉnh ủy viên"),
            ],
        ),
        (
            "Chủ tịch HĐND thành phố Lương Nguyễn Minh An nói",
            [("Lương Nguyễn Minh An", "Chủ tịch HĐND thành phố")],
        ),
        ("CHỦ TỊCH\n(Đã ký)\nTrần Sỹ An", [("Trần Sỹ An", "CHỦ TỊCH")]),
        (
            "Mr. John Smith, Director of the Bank, said. Mr. Smith left.",
            [("John Smith", "Director of the Bank"), ("Smith", None)],
        ),
        ("Chủ tịch UBND thị xã Lương Hải kết luận", []),
        ("đường Nguyễn Huệ, cầu Nguyễn Văn Cừ, giải thưởng Võ Văn Kiệt", []),
        ("Ảnh: Nguyễn Văn Long", []),
        ("Bài viết đã xong.\n\nNguyễn Văn Long\n", []),
    ],
)
def test_10_people_with_their_posts_and_none_besides(
    text: str, found: list[tuple[str, str | None]]
) -> None:
    assert people(text) == found


def test_the_documents_own_relations() -> None:
    reading = read_text(
        ABOVE + "KẾ HOẠCH\nVề đội ngũ trí thức\n"
        "Căn cứ Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Bộ Chính trị;\n"
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 01/3/2024.\n"
        "1. Nâng cao nhận thức của các đơn vị.\n"
        "2. Kế hoạch này thay thế Kế hoạch số 90/KH-UBND ngày 02/02/2022 của UBND thành phố.\n"
        "3. Qua 3 năm thực hiện Chỉ thị số 07-CT/TU, kết quả khá.\n"
    )
    assert relations(reading) == [
        ("115/KH-UBND", "based_on", "45-NQ/TW"),
        ("115/KH-UBND", "based_on", "12/TTr-SNV"),
        ("115/KH-UBND", "replaces", "90/KH-UBND"),
    ]


def test_a_list_of_what_is_repealed() -> None:
    reading = read_text(
        ABOVE.replace("115/KH-UBND", "67/2024/QĐ-UBND") + "QUYẾT ĐỊNH\nVề việc bãi bỏ văn bản\n"
        "Điều 1. Bãi bỏ toàn bộ các Quyết định sau đây:\n"
        "1. Quyết định số 19/2019/QĐ-UBND ngày 15/10/2019 của UBND thành phố về giá đất.\n"
        "2. Quyết định số 07/2023/QĐ-UBND ngày 21/4/2023 về việc sửa đổi Điều 1 "
        "Quyết định số 19/2019/QĐ-UBND.\n"
    )
    assert relations(reading) == [
        ("67/2024/QĐ-UBND", "repeals", "19/2019/QĐ-UBND"),
        ("67/2024/QĐ-UBND", "repeals", "07/2023/QĐ-UBND"),
        ("07/2023/QĐ-UBND", "amends", "19/2019/QĐ-UBND"),
    ]


def test_a_relation_is_told_once() -> None:
    text = "Kế hoạch 15/KH-UBND thực hiện Nghị quyết 57-NQ/TW. "
    assert relations(read_text(text * 3)) == [("15/KH-UBND", "implements", "57-NQ/TW")]


def test_a_gathering_is_reported_where_the_title_names_it() -> None:
    text = (
        "VĂN PHÒNG HUYỆN ỦY\nSố: 88/TB-VP\nLam Khê, ngày 04 tháng 8 năm 2023\nTHÔNG BÁO\n"
        "Kết luận tại buổi làm việc với Ban Thường vụ Đảng ủy xã Hồ Sen\n"
        "Ngày 02/8/2023, Bí thư Huyện ủy chủ trì buổi làm việc tại xã.\n"
    )
    (event,) = (fact for fact in read_text(text).facts if fact.kind == "event")
    assert event.text == "buổi làm việc với Ban Thường vụ Đảng ủy xã Hồ Sen"
    assert event.fields()["date"] == "2023-08-02"


def test_an_english_gathering_with_its_ordinal() -> None:
    text = "On June 24, the Chairman chaired the 20th session of the Provincial Party Committee."
    (event,) = (fact for fact in read_text(text).facts if fact.kind == "event")
    assert event.text == "20th session of the Provincial Party Committee"
    assert event.fields()["date"] == "XXXX-06-24"


def test_the_day_of_a_report_of_the_press() -> None:
    text = "Lam Khê opens a bridge\n\nThursday, 22/05/2025 | 15:45\n\n" + "The city rejoiced. " * 20
    assert dates(text) == [("2025-05-22", "issued")]
