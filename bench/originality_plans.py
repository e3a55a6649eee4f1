"""Invented plans of units under one directive: written anew, or taken over in one of three ways.

All of them draw on the same words of the trade, so that two plans of different units share turns of
speech as real ones do. What is planted is known: which plan was taken over from which, and which
commitment of the directive a sentence answers.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lotrinh.rules.originality import Passage


def _list(words: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in words.split("|"))


DOES = _list(
    """
    rà soát | cập nhật | số hóa | lắp đặt | đào tạo | tập huấn | bố trí | kiểm tra | thống kê |
    công khai | tiếp nhận | niêm yết | vận động | hỗ trợ | tuyên truyền | xây mới | sửa chữa |
    mở rộng | thay thế | kết nối | lập danh sách | phân loại | thu gom | trồng mới | nạo vét |
    cải tạo | giao khoán | ký kết | tổ chức | xây dựng
    """
)
WHAT = _list(
    """
    hồ sơ đất đai | thủ tục hành chính | tuyến mương nội đồng | nhà văn hóa thôn | đường trục xã |
    trạm bơm | lớp học kỹ năng số | tủ sách cộng đồng | vườn cây ăn quả | chợ dân sinh |
    điểm tập kết rác | hộ nghèo | hộ kinh doanh | sổ theo dõi sức khỏe | camera an ninh |
    tổ công nghệ số | biển báo giao thông | cống ngầm | nhóm trẻ tư thục | bếp ăn bán trú |
    hợp tác xã | mã vùng trồng | đàn gia súc | ao nuôi | làng nghề | di tích | sân thể thao |
    đội dân phòng | quỹ khuyến học | phòng khám | kho lưu trữ | trang thông tin |
    dữ liệu hộ tịch | đèn chiếu sáng | bãi đỗ xe | vỉa hè | cây xanh | hồ điều hòa | nước sạch |
    nhà vệ sinh công cộng
    """
)
WHERE = _list(
    """
    tại các thôn ven sông | ở khu dân cư mới | quanh trường tiểu học | trên địa bàn phường |
    dọc tuyến đê | trong cụm công nghiệp | ở vùng trũng | cạnh bến xe cũ | tại tổ dân phố |
    trong khu phố cổ | ở các xã miền núi | tại đầu mối giao thông | quanh hồ lớn |
    ở khu tái định cư | trong chợ đầu mối
    """
)
HOW = _list(
    """
    theo phương thức khoán gọn | có nhân dân giám sát | gắn với thi đua hằng quý |
    bằng vốn xã hội hóa | lồng ghép với chương trình khác | sau khi lấy ý kiến nhân dân |
    theo thứ tự ưu tiên | với sự tham gia của đoàn thanh niên | qua cổng dịch vụ công |
    theo định mức hiện hành | bảo đảm công khai minh bạch | không làm phát sinh biên chế
    """
)
OTHERWISE = {
    "rà": "xem",
    "soát": "xét",
    "tập": "mở",
    "huấn": "lớp",
    "hỗ": "giúp",
    "trợ": "đỡ",
    "tổ": "đứng",
    "chức": "ra",
    "bảo": "giữ",
    "đảm": "vững",
    "công": "chung",
    "khai": "bày",
}
SENTENCES = 113  # of some 35 syllables: four thousand in a plan


class Class(StrEnum):
    """How a plan came about."""

    VERBATIM = "verbatim"
    SWAPPED = "numbers and names swapped"
    REWORDED = "lightly reworded"
    GENUINE = "genuine"
    SOURCE = "genuine, taken over by others"


@dataclass(frozen=True, slots=True)
class Planted:
    """A plan with how it came about, and by sentence whether it was taken over."""

    kind: Class
    sentences: tuple[str, ...]
    taken: tuple[bool, ...]


def sentence(draw: random.Random) -> str:
    """Write one sentence of a plan, which names places and matters of its own."""
    number, place = draw.randrange(2, 900), draw.choice(WHERE)
    first, second, third = (draw.choice(DOES) for _ in range(3))
    one, other, last = (draw.choice(WHAT) for _ in range(3))
    return (
        f"{first} {one} {_name(draw)} và {second} {number} {other} {place} {_name(draw)}, "
        f"{third} {last} {_name(draw)} {draw.choice(HOW)} "
        f"trước ngày {draw.randrange(1, 29)}/{draw.randrange(1, 13)}/2025"
    )


def _name(draw: random.Random) -> str:
    """Return a name that reading does not know for one, so that it is not masked."""
    return " ".join(
        draw.choice(("b", "c", "d", "h", "l", "m", "n", "th", "tr", "v"))
        + draw.choice(("a", "e", "i", "o", "u", "ai", "ao", "oa", "uy"))
        + draw.choice(("", "n", "m", "ng", "t", "c"))
        for _ in range(2)
    )


def directive(seed: int, size: int = 40) -> tuple[str, ...]:
    """Write the commitments of the document that all of them carry out."""
    draw = random.Random(seed)
    return tuple(sentence(draw) for _ in range(size))


def plans(seed: int, many: int, *, size: int = SENTENCES) -> tuple[Planted, ...]:
    """Write plans: a half genuine, the others taken over from a few of these, a fifth of it own.

    Which of two plans was there first no comparison of texts can say.
    """
    draw = random.Random(seed)
    first = [genuine(draw, size) for _ in range((many + 1) // 2)]
    sources = range(len(first) // 4)
    for place in sources:
        first[place] = replace(first[place], kind=Class.SOURCE)
    ways = (Class.VERBATIM, Class.SWAPPED, Class.REWORDED)
    others = [
        _taken_over(draw, first[draw.choice(sources)], ways[place % 3], size)
        for place in range(many - len(first))
    ]
    return (*first, *others)


def genuine(draw: random.Random, size: int) -> Planted:
    """Write a plan of a unit's own."""
    return Planted(Class.GENUINE, tuple(sentence(draw) for _ in range(size)), (False,) * size)


def _taken_over(draw: random.Random, source: Planted, kind: Class, size: int) -> Planted:
    taken = tuple(draw.random() < 0.8 for _ in range(size))
    sentences = (
        _changed(draw, source.sentences[place], kind) if is_taken else sentence(draw)
        for place, is_taken in enumerate(taken)
    )
    return Planted(kind, tuple(sentences), taken)


def _changed(draw: random.Random, words: str, kind: Class) -> str:
    if kind is Class.VERBATIM:
        return words
    if kind is Class.SWAPPED:
        return " ".join(
            str(draw.randrange(2, 900)) if one.isdigit() else one for one in words.split()
        )
    return reworded(draw, words, share=0.12)


def reworded(draw: random.Random, words: str, *, share: float) -> str:
    """Say something in other words: so many of its syllables are replaced."""
    others = list(OTHERWISE.values())
    return " ".join(
        OTHERWISE.get(one, draw.choice(others)) if draw.random() < share else one
        for one in words.split()
    )


def text_of(plan: Planted) -> str:
    """Return a plan as a document."""
    lines = (
        f"{place}. {words[0].upper()}{words[1:]}." for place, words in enumerate(plan.sentences, 1)
    )
    return (
        "KẾ HOẠCH\nThực hiện Chương trình số 97-CTr/TU\n\nI. NHIỆM VỤ\n" + "\n".join(lines) + "\n"
    )


def passages_of(sentences: Sequence[str]) -> tuple[Passage, ...]:
    """Return sentences as passages, numbers masked, without reading them as a document."""
    found, start = [], 0
    for one in sentences:
        words = tuple(
            "#" if piece[0].isdigit() else piece for piece in one.replace(",", "").split()
        )
        found.append(Passage(start, start + len(one), words))
        start += len(one) + 1
    return tuple(found)
