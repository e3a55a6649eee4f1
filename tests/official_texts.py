"""Official texts as a city composes them: seven months of 2023 and the year 2024, in two systems
and two languages. The words are ours; the figures are of the kind that such texts hold."""

from dataclasses import replace
from datetime import date

from lotrinh.rules.official.text import (
    Block,
    Heading,
    OfficialText,
    Paragraph,
    Run,
    Seal,
    Signature,
    Table,
)

ADDRESS = "https://lotrinh.example/verify/3f6c0a12"
SEAL = Seal(
    edition=3,
    numbers_sha256="5f2b9c" + "0123456789abcdef" * 3 + "89abcd4e01",
    journal_root="a41d" + "fedcba9876543210" * 3 + "00112233aabb",
    address=ADDRESS,
    frozen="14/8/2023 15:04",
)


def said(*parts: str | Run) -> Paragraph:
    """A paragraph of plain words and runs."""
    return Paragraph(tuple(Run(part) if isinstance(part, str) else part for part in parts))


def figure(words: str, number: int, **marks: bool) -> Run:
    return Run(words, href=f"{ADDRESS}#{number}", number=number, **marks)


def seven_months(system: str = "state", language: str = "vi", **changes) -> OfficialText:
    """The review of the first seven months of 2023, frozen and issued unless changed."""
    text = _BASES[system, language]
    body = _SEVEN_VI if language == "vi" else _SEVEN_EN
    about = {
        ("state", "vi"): "Kết quả thực hiện nhiệm vụ 7 tháng đầu năm, "
        "nhiệm vụ trọng tâm 5 tháng cuối năm 2023",
        ("party", "vi"): "về kết quả thực hiện nhiệm vụ 7 tháng đầu năm 2023",
        ("state", "en"): "Results of the first seven months and "
        "main tasks for the last five months of 2023",
        ("party", "en"): "on the results of the first seven months of 2023",
    }[system, language]
    values = {"about": about, "body": body, "appendix": _APPENDIX[language], **changes}
    return replace(text, **values)


def year_2024(system: str = "state", language: str = "vi", **changes) -> OfficialText:
    """The review of 2024: twenty targets, budget revenue above the estimate; a draft."""
    draft = {"number": "", "day": None, "layout_day": date(2024, 12, 10), "seal": None}
    about = {
        ("state", "vi"): "Tình hình kinh tế - xã hội năm 2024, nhiệm vụ, giải pháp năm 2025",
        ("party", "vi"): "về tình hình kinh tế - xã hội năm 2024",
        ("state", "en"): "Socio-economic situation in 2024, tasks and measures for 2025",
        ("party", "en"): "on the socio-economic situation in 2024",
    }[system, language]
    body = _YEAR_VI if language == "vi" else _YEAR_EN
    values = {"about": about, "body": body, "appendix": (), **draft, **changes}
    return replace(_BASES[system, language], **values)


def long_table(rows: int = 120) -> Table:
    """A table over several pages with long names and one long cell."""
    name = "Ban Quản lý dự án đầu tư xây dựng công trình nông nghiệp và phát triển nông thôn số {}"
    return Table(
        caption="Biểu 2. Kết quả theo đơn vị",
        head=("TT", "Đơn vị", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"),
        rows=tuple(
            (said(str(i)), said(name.format(i)), said("1.250,5"), said("1.000,4"), said("80,0"))
            for i in range(1, rows + 1)
        ),
        numeric=(True, False, True, True, True),
        notes=("Nguồn: báo cáo của các đơn vị, chốt ngày 31/7/2023.",),
    )


_STATE_VI = OfficialText(
    system="state",
    language="vi",
    superior="",
    issuer="ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
    symbol="BC-UBND",
    number="268",
    place="Hà Nội",
    day=date(2023, 8, 14),
    layout_day=date(2023, 8, 14),
    kind="BÁO CÁO",
    about="",
    addressed_to=("Thành ủy Hà Nội", "Hội đồng nhân dân Thành phố"),
    body=(),
    appendix=(),
    signature=Signature(
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", "Nguyễn Thị Minh Khuê"
    ),
    recipients=(
        "Như trên",
        "Chủ tịch, các Phó Chủ tịch UBND Thành phố",
        "Các sở, ban, ngành Thành phố",
        "UBND các quận, huyện, thị xã",
        "Lưu: VT, KT, TH",
    ),
    seal=SEAL,
)
_PARTY_VI = replace(
    _STATE_VI,
    system="party",
    superior="THÀNH ỦY HÀ NỘI",
    issuer="BAN CHỈ ĐẠO CHƯƠNG TRÌNH SỐ 06",
    symbol="BC/BCĐ",
    number="5",
    day=date(2023, 8, 14),
    addressed_to=("Ban Thường vụ Thành ủy",),
    signature=Signature(("T/M BAN CHỈ ĐẠO",), "PHÓ TRƯỞNG BAN", "Nguyễn Thị Minh Khuê"),
    recipients=("Như trên", "Các đồng chí thành viên Ban Chỉ đạo", "Lưu Văn phòng Thành ủy"),
)
_STATE_EN = replace(
    _STATE_VI,
    language="en",
    issuer="PEOPLE'S COMMITTEE OF HÀ NỘI CITY",
    kind="REPORT",
    addressed_to=("City Party Committee", "City People's Council"),
    signature=Signature(
        ("ON BEHALF OF THE PEOPLE'S COMMITTEE", "FOR THE CHAIRMAN"),
        "VICE CHAIRMAN",
        "Nguyễn Thị Minh Khuê",
    ),
    recipients=("As above", "Departments of the City", "Filed: VT, KT, TH"),
)
_PARTY_EN = replace(
    _PARTY_VI,
    language="en",
    superior="HÀ NỘI CITY PARTY COMMITTEE",
    issuer="STEERING COMMITTEE OF PROGRAMME NO. 06",
    kind="REPORT",
    addressed_to=("Standing Board of the City Party Committee",),
    signature=Signature(
        ("ON BEHALF OF THE STEERING COMMITTEE",), "VICE HEAD", "Nguyễn Thị Minh Khuê"
    ),
    recipients=("As above", "Members of the Steering Committee", "Filed at the Office"),
)
_BASES = {
    ("state", "vi"): _STATE_VI,
    ("party", "vi"): _PARTY_VI,
    ("state", "en"): _STATE_EN,
    ("party", "en"): _PARTY_EN,
}

_SEVEN_VI: tuple[Block, ...] = (
    Heading(1, "A.", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ 7 THÁNG ĐẦU NĂM 2023"),
    Heading(2, "I.", "Công tác lãnh đạo, chỉ đạo"),
    said(
        "Ngay từ đầu năm, Thành phố giao 20 nhiệm vụ trọng tâm cho các sở, quận, huyện. Đến hết "
        "tháng 7, đã hoàn thành ",
        figure("15", 1),
        " trên ",
        figure("20", 2),
        " nhiệm vụ; ba nhiệm vụ đang thực hiện trong hạn, hai nhiệm vụ chậm so với kế hoạch.",
    ),
    Heading(2, "II.", "Kết quả thực hiện các chỉ tiêu"),
    Heading(3, "1.", "Du lịch và văn hóa"),
    said(
        "Các khu di tích của Thành phố đón ",
        figure("2 triệu", 3, is_changed=True),
        " lượt khách; thu phí tham quan đạt ",
        figure("45,37 tỷ đồng", 4, is_bold=True),
        ", bằng ",
        figure("126%", 5),
        " kế hoạch năm và gấp ",
        figure("30 lần", 6),
        " cùng kỳ năm trước.",
    ),
    Heading(3, "2.", "Giáo dục và y tế"),
    said(
        "Tỷ lệ trường công lập đạt chuẩn quốc gia: ",
        Run("chưa có số liệu", is_missing=True, number=7),
        "; các quận, huyện gửi số liệu trước ngày 25/8/2023.",
    ),
    Heading(4, "a)", "Ghi chú về cách tính"),
    said("Chỉ tính trường đã có quyết định công nhận còn hiệu lực đến ngày chốt số liệu."),
    Heading(2, "III.", "Tồn tại, hạn chế và nguyên nhân"),
    said(
        "Một số đơn vị cập nhật chậm; việc phối hợp giữa các sở với các huyện trong giải phóng mặt "
        "bằng chưa chặt chẽ. Nguyên nhân chủ quan là chưa rõ người chịu trách nhiệm từng bước."
    ),
    Heading(1, "B.", "NHIỆM VỤ TRỌNG TÂM 5 THÁNG CUỐI NĂM"),
    said("Hoàn thành hai nhiệm vụ chậm trong quý III; rà soát tiến độ hằng tuần."),
    Heading(1, "C.", "ĐỀ XUẤT, KIẾN NGHỊ"),
    said("Đề nghị Thành ủy cho ý kiến về phương án xử lý các dự án chậm tiến độ."),
)

_SEVEN_EN: tuple[Block, ...] = (
    Heading(1, "A.", "RESULTS OF THE FIRST SEVEN MONTHS OF 2023"),
    Heading(2, "I.", "Leadership and direction"),
    said(
        "At the beginning of the year the City assigned 20 main tasks. By the end of July ",
        figure("15", 1),
        " of ",
        figure("20", 2),
        " tasks were completed; three are under way in time, two are behind plan.",
    ),
    Heading(2, "II.", "Targets"),
    said(
        "The historical sites received ",
        figure("2 million", 3, is_changed=True),
        " visitors; entrance fees came to ",
        figure("45.37 billion VND", 4, is_bold=True),
        ", ",
        figure("126%", 5),
        " of the plan for the year and ",
        figure("30 times", 6),
        " as much as in the same period of last year.",
    ),
    said(
        "Share of public schools that meet the national standard: ",
        Run("", is_missing=True, number=7),
        ".",
    ),
    Heading(1, "B.", "TASKS AHEAD"),
    said("Complete the two delayed tasks in the third quarter; review progress every week."),
)

_YEAR_VI: tuple[Block, ...] = (
    Heading(1, "I.", "Kết quả năm 2024"),
    said(
        "Dự kiến ",
        figure("20", 1),
        " trên ",
        figure("24", 2),
        " chỉ tiêu hoàn thành, trong đó ",
        figure("6", 3),
        " chỉ tiêu vượt kế hoạch.",
    ),
    said(
        "Thu ngân sách nhà nước trên địa bàn đạt ",
        figure("492.309 tỷ đồng", 4),
        ", bằng ",
        figure("120,5%", 5),
        " dự toán và tăng ",
        figure("19,6%", 6),
        " so với năm trước.",
    ),
    Heading(1, "II.", "Nhiệm vụ, giải pháp năm 2025"),
    said("Giữ đà tăng trưởng; hoàn thành bốn chỉ tiêu còn lại; công khai kết quả từng quý"),
)
_YEAR_EN: tuple[Block, ...] = (
    Heading(1, "I.", "Results of 2024"),
    said(
        figure("20", 1),
        " of ",
        figure("24", 2),
        " targets are expected to be met, ",
        figure("6", 3),
        " of them above plan.",
    ),
    said(
        "Budget revenue in the City came to ",
        figure("492,309 billion VND", 4),
        ", ",
        figure("120.5%", 5),
        " of the estimate and ",
        figure("19.6%", 6),
        " more than in the year before.",
    ),
)

_APPENDIX: dict[str, tuple[Block, ...]] = {
    "vi": (
        Table(
            caption="Biểu 1. Một số chỉ tiêu chủ yếu",
            head=("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "7 tháng", "So kế hoạch (%)"),
            rows=(
                (
                    said("1"),
                    said("Thu phí tham quan các khu di tích"),
                    said("tỷ đồng"),
                    said("36,0"),
                    said(figure("45,37", 4)),
                    said(figure("126", 5)),
                ),
                (
                    said("2"),
                    said("Lượt khách đến các khu di tích"),
                    said("triệu lượt"),
                    said("1,8"),
                    said(figure("2,0", 3, is_changed=True)),
                    said("111"),
                ),
                (
                    said("3"),
                    said("Tỷ lệ trường công lập đạt chuẩn quốc gia"),
                    said("%"),
                    said("70,0"),
                    said(Run("", is_missing=True)),
                    said(Run("", is_missing=True)),
                ),
            ),
            numeric=(True, False, False, True, True, True),
            notes=("Số liệu chốt ngày 31/7/2023.",),
        ),
    ),
    "en": (
        Table(
            caption="Table 1. Some main targets",
            head=("No.", "Target", "Unit", "Plan", "7 months", "% of plan"),
            rows=(
                (
                    said("1"),
                    said("Entrance fees of the historical sites"),
                    said("billion VND"),
                    said("36.0"),
                    said(figure("45.37", 4)),
                    said(figure("126", 5)),
                ),
            ),
            numeric=(True, False, False, True, True, True),
            notes=("As of 31 July 2023.",),
        ),
    ),
}
