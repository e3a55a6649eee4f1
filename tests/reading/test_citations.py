"""Numbers of documents in every spelling that real texts have."""

import pytest

from lotrinh.reading import Citation, canonical_number, read_text


def cited(text: str) -> list[str | None]:
    return [fact.number for fact in read_text(text).facts if isinstance(fact, Citation)]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("45- NQ/TW", "45-NQ/TW"),
        ("45 - NQ/TW", "45-NQ/TW"),
        ("23\u2011NQ/TU", "23-NQ/TU"),
        ("06/Ctr-TU", "06-CTr/TU"),
        ("06-Ctr-TU", "06-CTr/TU"),
        ("102-KH-UBND", "102/KH-UBND"),
        ("02/Ctr-UBND", "02/CTr-UBND"),
        ("47-KH/DU", "47-KH/ĐU"),
        ("296-QÐ/TW", "296-QĐ/TW"),
        ("296-QD/TƯ", "296-QĐ/TW"),
        ("08-NQ/T.Ư", "08-NQ/TW"),
        ("124/QĐ/TTg", "124/QĐ-TTg"),
        ("719/QĐ-TTG", "719/QĐ-TTg"),
        ("66/ 2023/NĐ-CP", "66/2023/NĐ-CP"),
        ("281/KH–UBND", "281/KH-UBND"),
        ("61/2018/NĐCP", "61/2018/NĐ-CP"),
        ("30c/NQCP", "30c/NQ-CP"),
        ("193/2025/NQ-QH15", "193/2025/QH15"),
        ("98/2023/QH15", "98/2023/QH15"),
        ("01-DA/TU", "01-ĐA/TU"),
        ("09-KL/BCĐ", "09-KL/BCĐ"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP"),
        ("07-QĐi/TW", "07-QĐi/TW"),
        ("1656/NQ-UBTVQH15", "1656/NQ-UBTVQH15"),
        ("728/TTr-VNC", "728/TTr-VNC"),
        ("1552/BTTTT-TTH", "1552/BTTTT-TTH"),
        ("402-CV/VPĐU", "402-CV/VPĐU"),
        ("97-/CTr/TU", "97-CTr/TU"),
        ("97- / CTr/TU", "97-CTr/TU"),
        ("97-CTr//TU", "97-CTr/TU"),
        ("176//KH-UBND", "176/KH-UBND"),
    ],
)
def test_the_printed_form(written: str, printed: str) -> None:
    assert canonical_number(written) == printed


@pytest.mark.parametrize(
    "written", ["", "45", "2021-2025", "24/5/2025", "22/45 nhiệm vụ", "06/2025", "45-NQ/TW và"]
)
def test_what_is_no_number_of_a_document(written: str) -> None:
    assert canonical_number(written) is None


@pytest.mark.parametrize("form", ["45-NQ/TW", "47-KH/ĐU", "59/2019/NĐ-CP", "98/2023/QH15"])
def test_the_printed_form_is_its_own_printed_form(form: str) -> None:
    assert canonical_number(form) == form


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Resolution No. 18, No. 19-NQ/TW of the Central Committee", ["18-NQ/TW", "19-NQ/TW"]),
        (
            "các Quyết định số 157/2007/QĐ-TTg, 05/2022/QĐ-TTg",
            ["157/2007/QĐ-TTg", "05/2022/QĐ-TTg"],
        ),
        (
            "Kế hoạch số 176, 217 và 306/KH-UBND",
            ["176/KH-UBND", "217/KH-UBND", "306/KH-UBND"],
        ),
        ("Chương trình hành động số 97-/CTr/TU ngày 12/3/2024", ["97-CTr/TU"]),
        ("Chương trình hành động số 97-\nCTr/TU ngày 12/3/2024", ["97-CTr/TU"]),
        ("Conclusion No. 14 of the Politburo", ["14-KL/TW"]),
        ("Nghị quyết số 15 và 31 của Bộ Chính trị", ["15-NQ/TW", "31-NQ/TW"]),
        ("Kế hoạch số 176 của UBND thành phố", ["176/KH-UBND"]),
        ("Nghị định 30 năm 2020", ["30/2020/NĐ-CP"]),
        ("Chỉ thị số 16 của Thủ tướng Chính phủ", ["16/CT-TTg"]),
        ("Nghị quyết 57 được triển khai rộng khắp", ["57"]),
        ("NGHI QUYET SO 57-NQ/TW", ["57-NQ/TW"]),
        ("nghi quyet so 57-NQ/TW cua Bo Chinh tri", ["57-NQ/TW"]),
    ],
)
def test_lists_and_short_forms(text: str, numbers: list[str]) -> None:
    assert cited(text) == numbers


def test_a_short_form_is_completed_from_the_only_full_form_it_can_mean() -> None:
    named = "Nghị quyết số 98/2023/QH15 của Quốc hội. Sau đó, Nghị quyết 98 được sơ kết."
    assert cited(named) == ["98/2023/QH15", "98/2023/QH15"]


def test_a_short_form_with_two_possible_meanings_stays_open() -> None:
    two = "Nghị quyết số 18-NQ/TW; Nghị quyết số 18-NQ/TU. Thực hiện Nghị quyết 18, các đơn vị họp."
    assert cited(two) == ["18-NQ/TW", "18-NQ/TU", "18"]


def test_date_and_issuer_stand_behind_the_number() -> None:
    (fact,) = (
        f
        for f in read_text("Kết luận số 14-KL/TW, ngày 22/9/2021 của Bộ Chính trị về cán bộ").facts
        if isinstance(f, Citation)
    )
    assert (fact.type, fact.date, fact.issuer) == ("KL", "2021-09-22", "Bộ Chính trị")
    assert fact.text == "Kết luận số 14-KL/TW"


def test_the_word_in_front_settles_one_symbol_for_two_kinds() -> None:
    facts = read_text("Quy định số 66-QĐ/TW thay cho Quyết định số 31-QĐ/TW").facts
    assert [f.type for f in facts if isinstance(f, Citation)] == ["QyĐ", "QĐ"]


def test_suffix_and_issuer_that_disagree_are_both_kept() -> None:
    (fact,) = (
        f
        for f in read_text("Chỉ thị số 35-CT/TU ngày 14-6-2024 của Bộ Chính trị").facts
        if isinstance(f, Citation)
    )
    assert (fact.number, fact.issuer) == ("35-CT/TU", "Bộ Chính trị")


@pytest.mark.parametrize(
    "text",
    [
        "urban railway project No. 5 (Van Cao-Lang-Hoa Lac)",
        "as regulated in Article 24",
        "Trưởng đoàn kiểm tra số 11",
        "nhà sinh hoạt cộng đồng số 5",
        "the 2024 theme of the city",
        "https://example.vn/hon-29-000-can-bo-45-nq-tw.html",
        "mail 45-NQ/TW@example.vn",
        "giai đoạn 2021-2025, 20h00, 22/45 nhiệm vụ",
    ],
)
def test_what_is_not_cited(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("báo cáo số 611/BC-BQL2 ngày 28/10/2025", "611/BC-BQL2"),
        ("Nghị quyết số 19-2016/NQ-CP ngày 28/4/2016", "19-2016/NQ-CP"),
        ("Decision No. 2316-QDNS/TW of August 22, 2025", "2316-QĐNS/TW"),
    ],
)
def test_numbers_of_boards_staff_and_years(text: str, number: str) -> None:
    assert cited(text) == [number]


def test_a_day_that_opens_a_paragraph_is_not_of_the_number_above() -> None:
    text = "theo Thông báo kết luận số 88-TB/TU\n\nNgày 02/8/2023, Thường trực Tỉnh ủy làm việc."
    (citation,) = (fact for fact in read_text(text).facts if isinstance(fact, Citation))
    assert citation.date is None
