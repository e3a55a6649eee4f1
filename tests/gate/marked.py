"""The labelled set of the secrecy gate: lines that are a mark, lines that are none, plans around.

All of it was written for this purpose. A positive is a form of a mark at a place of a file; the
forms that only make sense in some formats name them. A negative is a line that speaks of secrecy,
of honey, of density, of the Front, at a place of a file.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lotrinh.rules.secrecy import Secrecy
from tests.gate.carriers import PAGES, PLACES, pages
from tests.rules.test_secrecy import SENTENCES

TOP, SECRET, PLAIN = Secrecy.TOP_SECRET, Secrecy.SECRET, Secrecy.CONFIDENTIAL

FORMS: list[tuple[str, Secrecy]] = [
    ("MẬT", PLAIN),
    ("TỐI MẬT", SECRET),
    ("TUYỆT MẬT", TOP),
    ("M Ậ T", PLAIN),
    ("T Ố I   M Ậ T", SECRET),
    ("T U Y Ệ T  M Ậ T", TOP),
    ("T.U.Y.Ệ.T M.Ậ.T", TOP),
    ("(MẬT)", PLAIN),
    ("[TỐI MẬT]", SECRET),
    ("* TUYỆT MẬT *", TOP),
    ("Độ mật: Mật", PLAIN),
    ("ĐỘ MẬT: TỐI MẬT", SECRET),
    ("Mức độ mật: tuyệt mật", TOP),
    (unicodedata.normalize("NFD", "TỐI MẬT"), SECRET),
    (unicodedata.normalize("NFD", "MẬT"), PLAIN),
    ("T\u200bU\u200bY\u200bỆ\u200bT\u00a0MẬT", TOP),
    ("ＴỐＩ　ＭẬＴ", SECRET),
    ("МẬТ", PLAIN),  # Cyrillic letters beside one Latin one
    ("TỐI-MẬT", SECRET),
    ("MAÄT", PLAIN),  # as it is stored for fonts of VNI
    ("TOÁI MAÄT", SECRET),
    ("TUYEÄT MAÄT", TOP),
    ("M\u00cbT", PLAIN),  # as it is stored for fonts of TCVN3
    ("TUY\u00d6T M\u00cbT", TOP),
    ("t\u00e8i m\u00cbt", SECRET),  # in a font whose small letters show as capitals
    ("Số: 05/BC-UBND (M)", PLAIN),
    ("Số: 112-BC/TU(TM)", SECRET),
    ("Số 18/KH-BCA (TuM)", TOP),
    ("07/2024/TTr-UBND(M)", PLAIN),
    ("HỎA TỐC - MẬT", PLAIN),
    ("TỐI MẬT  Độ khẩn: THƯỢNG KHẨN", SECRET),
    ("TUYỆT MẬT (A)", TOP),
    ("MẬT MẬT MẬT", PLAIN),
    ("TỐI MẬT / SECRET", SECRET),
    ("Số: 05/BC-UBND (Tuyệt mật)", TOP),
    ("TốI MậT", SECRET),  # what careless conversion makes of letters that showed as capitals
    ("Dấu: MẬT", PLAIN),
]

NEGATIVE_LINES = [
    *SENTENCES,
    "Mật độ dân số phường Hồ Sen năm 2024 đạt 21.400 người/km²",
    "MẬT ĐỘ GIAO THÔNG GIỜ CAO ĐIỂM",
    "Tăng cường công tác bảo vệ bí mật nhà nước trên không gian mạng",
    "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC CỦA CƠ QUAN",
    "Tài liệu đã được GIẢI MẬT theo Quyết định số 12/QĐ-UBND",
    "THÔNG BÁO GIẢI MẬT TÀI LIỆU",
    "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM",
    "MẶT TRẬN TỔ QUỐC VÀ CÁC ĐOÀN THỂ",
    "Sản lượng mật ong đạt 12 tấn",
    "MẬT ONG HOA NHÃN",
    "Hợp tác xã nuôi ong lấy mật Đồng Gạo",
    "Danh mục tài liệu TUYỆT MẬT do Thủ tướng ban hành theo Điều 9 của Luật",
    "Luật quy định ba độ: TUYỆT MẬT, TỐI MẬT, MẬT",
    "Không soạn thảo văn bản có độ TỐI MẬT trên máy tính nối mạng",
    "Văn bản đóng dấu MẬT gửi bằng hai lớp phong bì",
    "Dấu “MẬT” đóng dưới số, ký hiệu của văn bản",
    "Điều 10. Xác định độ mật của văn bản",
    "Mật khẩu đăng nhập phải đổi ba tháng một lần",
    "ĐỔI MẬT KHẨU THƯ ĐIỆN TỬ",
    "Quan hệ mật thiết giữa Đảng với nhân dân",
    "Phối hợp chặt chẽ, mật thiết với các đoàn thể",
    "NGÀNH MẬT MÃ DÂN SỰ VÀ AN TOÀN THÔNG TIN",
    "Ban Cơ yếu Chính phủ quản lý sản phẩm mật mã dân sự",
    "Tuần tra bí mật tại khu vực giáp ranh",
    "Bỏ phiếu kín, giữ bí mật kết quả",
    "Trồng 200 ha mía mật",
    "Xã Mật Sơn hoàn thành nông thôn mới",
    "Chùa Mật Dụng được xếp hạng di tích",
    "MẬT ĐỘ CÂY XANH TRÊN ĐẦU NGƯỜI",
    "Túi mật, sỏi mật: khám sàng lọc 300 người",
    "Báo cáo không thuộc phạm vi bí mật nhà nước",
    "Độ mật: Không",
    "Độ mật: Thường",
    "Độ khẩn: Hỏa tốc",
    "Theo Báo cáo số 05/BC-UBND(M) của Ủy ban nhân dân quận",
    "Áo đồng phục cỡ vừa (M)",
    "12 quần dài (M)",
    "Mẫu số 05 (TM)",
    "TM. ỦY BAN NHÂN DÂN",
    "Số: 05/BC-UBND",
    "Số: 05/BC-UBND (Mẫu)",
    "(M) là ký hiệu của văn bản có độ mật",
    "TỐI ƯU HÓA MẬT ĐỘ XÂY DỰNG",
    "TUYỆT ĐỐI GIỮ BÍ MẬT",
    "Bảo mật thông tin khách hàng",
    "BẢO MẬT HỆ THỐNG MỘT CỬA",
    "Đèn tối, mật độ thấp",
    "MẮT, MẶT, MẤT, MÁT",
    "MẬT, NGỌT, BÙI",
    "Hội thảo về an ninh mật mã",
    "M, A, T",
    "Protection of State secrets: top secret, secret, confidential",
    "The density (mật độ) of population rose",
    "Tập huấn Luật số 117/2025/QH15 về bảo vệ bí mật nhà nước",
    "Kiểm tra việc xác định, thay đổi độ mật, giải mật",
    "Thời hạn bảo vệ: TUYỆT MẬT 30 năm, TỐI MẬT 20 năm, MẬT 10 năm",
]

BODIES = [
    [
        "ỦY BAN NHÂN DÂN QUẬN HỒ SEN",
        "KẾ HOẠCH",
        "Chỉnh trang vườn hoa năm 2025",
        "1. Phòng Kinh tế chủ trì kiểm kê cây xanh trước ngày 30/9/2025.",
    ],
    [
        "THÀNH ỦY PHỐ CÂY",
        "BÁO CÁO",
        "Kết quả học tập nghị quyết quý III",
        "Có 1.214 đảng viên dự học, đạt 97,5%.",
    ],
    [
        "SỞ Y TẾ",
        "V/v tiêm chủng mở rộng",
        "Đề nghị các trung tâm y tế báo cáo trước ngày 15 hằng tháng.",
        "Nơi nhận: như trên; lưu VT.",
    ],
    [
        "ỦY BAN NHÂN DÂN PHƯỜNG SEN TÂY",
        "TỜ TRÌNH",
        "Về việc sửa chữa đường Lá Sen dài 640 m",
        "Kinh phí dự kiến 2,3 tỷ đồng từ ngân sách quận.",
    ],
    [
        "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ",
        "NGHỊ QUYẾT",
        "Về mức thu phí tham quan vườn thú",
        "Điều 1. Mức thu là 40.000 đồng một lượt.",
    ],
]

_NO_GLYPHS = {"ＴỐＩ　ＭẬＴ"}
"""What the letters of our PDFs cannot print."""
_PLAIN_ONLY = {
    "escaped_in_a_style": 15,
    "written_by_a_script": 15,
    "printed_by_a_style": 15,
    "form_of_a_number": 13,
}
"""Places whose own signs would change a form: how many of the first forms are tried there."""


@dataclass(frozen=True)
class Sample:
    """A file with what the gate has to say of it; ``mark`` is None where it must pass."""

    what: str
    name: str
    data: bytes
    mark: Secrecy | None


def positives() -> Iterator[Sample]:
    """Yield every place with a third or more of the forms, each with another plan around."""
    for at, place in enumerate(PLACES):
        most = _PLAIN_ONLY.get(place.name, len(FORMS))
        chosen = [number for number in range(most) if (number + at) % 3 == 0]
        for number in chosen:
            line, mark = FORMS[number]
            body = BODIES[(at + number) % len(BODIES)]
            data = place.carry(line, body)
            yield Sample(f"{place.name}: {line}", f"a.{place.ending}", data, mark)
    wanted = [
        (kind, line, BODIES[(at + number) % len(BODIES)], mark)
        for at, kind in enumerate(PAGES)
        for number, (line, mark) in enumerate(FORMS)
        if (number + at) % 2 == 0 and line not in _NO_GLYPHS
    ]
    files = pages([(kind, line, body) for kind, line, body, _ in wanted])
    for (kind, line, _, mark), data in zip(wanted, files, strict=True):
        yield Sample(f"{kind}: {line}", "a.pdf", data, mark)


def negatives() -> Iterator[Sample]:
    """Yield every line that is no mark at four places and on a page of a PDF."""
    for number, line in enumerate(NEGATIVE_LINES):
        for step in range(4):
            place = PLACES[(number * 7 + step * 11) % len(PLACES)]
            body = BODIES[(number + step) % len(BODIES)]
            data = place.carry(line, body)
            yield Sample(f"{place.name}: {line}", f"a.{place.ending}", data, None)
    kinds = list(PAGES)
    wanted = [
        (kinds[number % len(kinds)], line, BODIES[number % len(BODIES)])
        for number, line in enumerate(NEGATIVE_LINES)
    ]
    for (kind, line, _), data in zip(wanted, pages(wanted), strict=True):
        yield Sample(f"{kind}: {line}", "a.pdf", data, None)
