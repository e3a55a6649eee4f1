"""The lines of official texts: number, day, recipients and end, by system and language."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.rules.official.form import SystemsMixed, form_of
from lotrinh.rules.official.text import Heading, Run, Signature, Table
from lotrinh.rules.official.wording import BLANK
from tests.official_texts import SEAL, said, seven_months, year_2024

NEWER = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("system", "language", "number", "line"),
    [
        ("state", "vi", "268", "Số: 268/BC-UBND"),
        ("state", "vi", "5", "Số: 05/BC-UBND"),
        ("state", "vi", "", f"Số: {BLANK}/BC-UBND"),
        ("state", "vi", "30c", "Số: 30c/BC-UBND"),
        ("party", "vi", "5", "Số 05-BC/BCĐ"),
        ("party", "vi", "", f"Số {BLANK}-BC/BCĐ"),
        ("state", "en", "7", "No. 07/BC-UBND"),
        ("party", "en", "12", "No. 12-BC/BCĐ"),
    ],
)
def test_the_number_has_the_form_of_its_system_and_stays_open_until_issued(
    system, language, number, line
):
    assert form_of(seven_months(system, language, number=number)).number == line


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2023, 8, 14), "Hà Nội, ngày 14 tháng 8 năm 2023"),
        (date(2023, 2, 5), "Hà Nội, ngày 05 tháng 02 năm 2023"),
        (date(2023, 1, 27), "Hà Nội, ngày 27 tháng 01 năm 2023"),
        (date(2023, 3, 9), "Hà Nội, ngày 09 tháng 3 năm 2023"),
        (date(2023, 10, 10), "Hà Nội, ngày 10 tháng 10 năm 2023"),
        (None, f"Hà Nội, ngày {BLANK} tháng {BLANK} năm 2023"),
    ],
)
def test_days_below_10_and_the_first_two_months_get_a_leading_0(day, line):
    assert form_of(seven_months(day=day)).place == line


def test_the_english_day_is_written_out():
    assert form_of(seven_months("party", "en")).place == "Hà Nội, 14 August 2023"
    assert form_of(year_2024("state", "en")).place == f"Hà Nội, {BLANK}{BLANK} 2024"


def test_the_title_is_that_of_the_system_alone():
    titles = {
        (system, language): form_of(seven_months(system, language)).words.title
        for system in ("state", "party")
        for language in ("vi", "en")
    }

    assert titles == {
        ("state", "vi"): ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        ("state", "en"): ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"),
        ("party", "vi"): ("ĐẢNG CỘNG SẢN VIỆT NAM",),
        ("party", "en"): ("COMMUNIST PARTY OF VIET NAM",),
    }


@pytest.mark.parametrize(
    ("system", "day", "written", "printed"),
    [
        ("state", date(2024, 1, 1), "Hết.", "Hết./."),
        ("state", date(2024, 1, 1), "Hết./.", "Hết./."),
        ("state", date(2024, 1, 1), "Hết", "Hết./."),
        ("state", date(2024, 1, 1), "và còn nữa...", "và còn nữa..../."),
        ("party", date(2024, 1, 1), "Hết. ", "Hết./."),
        ("party", NEWER, "Hết./.", "Hết."),
        ("party", NEWER, "Hết", "Hết."),
    ],
)
def test_the_body_ends_with_the_mark_of_its_rule(system, day, written, printed):
    text = seven_months(system, layout_day=day, body=(said(written),))

    assert form_of(text).body[-1] == said(printed)


def test_a_figure_or_a_table_at_the_end_keeps_its_words():
    figure = Run("15", href="https://lotrinh.example/1", number=1)
    table = Table("", ("A",), ((said("1"),),), (True,))

    ended = form_of(seven_months(body=(said("Đạt ", figure),))).body
    after_table = form_of(seven_months(body=(table,))).body

    assert ended[-1] == said("Đạt ", figure, "./.")
    assert after_table == (table, said("./."))
    assert form_of(seven_months(body=())).body == (said("./."),)
    heading = Heading(1, "I.", "Kết quả")
    assert form_of(seven_months(body=(heading,))).body == (heading, said("./."))


def test_receivers_are_listed_and_the_last_line_says_where_the_text_is_filed():
    listed = form_of(seven_months(recipients=("Như trên;", "- Các sở")))
    filed = form_of(seven_months(recipients=("Như trên", "Lưu: VT, TH.")))
    party = form_of(seven_months("party", recipients=("Như trên",)))

    assert listed.recipients == ("- Như trên;", "- Các sở;", "- Lưu: VT.")
    assert filed.recipients == ("- Như trên;", "- Lưu: VT, TH.")
    assert party.recipients == ("- Như trên.",)


def test_one_addressee_stands_beside_the_heading_and_several_below_it():
    assert form_of(seven_months("party")).addressed == ("Kính gửi: Ban Thường vụ Thành ủy",)
    assert form_of(seven_months()).addressed == (
        "Kính gửi:",
        "- Thành ủy Hà Nội;",
        "- Hội đồng nhân dân Thành phố.",
    )
    assert form_of(seven_months(addressed_to=())).addressed == ()


def test_a_letter_says_what_it_is_about_under_its_number():
    letter = form_of(seven_months(kind="", about="báo cáo tiến độ"))
    party = form_of(seven_months("party", kind="", about="về việc báo cáo tiến độ"))

    assert (letter.kind, letter.about, letter.letter_about) == ("", "", "V/v báo cáo tiến độ")
    assert party.letter_about == "về việc báo cáo tiến độ"
    assert letter.appendix_line == "(Kèm theo Công văn số 268/BC-UBND ngày 14 tháng 8 năm 2023)"


def test_an_appendix_names_its_text_as_its_system_cites():
    assert (
        form_of(seven_months("party")).appendix_line
        == "(Kèm theo Báo cáo số 05-BC/BCĐ, ngày 14 tháng 8 năm 2023)"
    )
    assert (
        form_of(seven_months(language="en")).appendix_line
        == "(With Report No. 268/BC-UBND of 14 August 2023)"
    )


def test_a_text_without_a_seal_is_a_draft_and_one_with_a_seal_is_not():
    draft, sealed = form_of(year_2024()), form_of(seven_months())

    assert (draft.draft, draft.seal) == ("DỰ THẢO", ())
    assert sealed.draft == ""
    assert sealed.seal == (
        f"Bản chốt số 3, chốt 14/8/2023 15:04. Mã SHA-256 của số liệu: {SEAL.numbers_sha256}",
        f"Dấu niêm phong nhật ký: {SEAL.journal_root}",
        f"Xác minh: {SEAL.address}",
    )
    assert len(form_of(seven_months(seal=replace(SEAL, journal_root=None))).seal) == 2


def test_marks_are_explained_only_where_something_is_marked():
    assert form_of(seven_months()).legend.startswith("Số liệu có gạch chân chấm")
    assert form_of(year_2024()).legend == ""


@pytest.mark.parametrize(
    ("system", "changes"),
    [
        ("state", {"symbol": "BC/TU"}),
        ("party", {"symbol": "BC-UBND"}),
        ("state", {"signature": Signature(("T/M BAN THƯỜNG VỤ",), "BÍ THƯ", "")}),
        ("party", {"signature": Signature(("TM. ỦY BAN NHÂN DÂN",), "CHỦ TỊCH", "")}),
        ("party", {"signature": Signature(("KT. CHỦ TỊCH",), "PHÓ CHỦ TỊCH", "")}),
        ("state", {"superior": "Đảng Cộng sản Việt Nam"}),
        ("party", {"issuer": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}),
        ("party", {"signature": Signature(("T/M ĐẢNG ỦY", "K/T BÍ THƯ"), "PHÓ BÍ THƯ", "")}),
    ],
)
def test_a_text_that_mixes_the_systems_is_refused(system, changes):
    with pytest.raises(SystemsMixed):
        form_of(seven_months(system, **changes))


def test_a_year_in_the_symbol_of_the_state_is_no_mark_of_the_party():
    text = seven_months(symbol="2023/QĐ-UBND", number="41")

    assert form_of(text).number == "Số: 41/2023/QĐ-UBND"
