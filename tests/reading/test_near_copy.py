"""A plan with the names changed is told from a unit's own work."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.reading import read_text
from lotrinh.reading.near_copy import NearCopy, find_copied

PARENT = """KẾ HOẠCH
Thực hiện Chương trình số 12-CTr/TU về chuyển đổi số

I. MỤC ĐÍCH, YÊU CẦU
1. Cụ thể hóa các nhiệm vụ của Chương trình số 12-CTr/TU phù hợp với thực tế của địa phương.
2. Xác định rõ trách nhiệm của từng cơ quan, đơn vị trong quá trình tổ chức thực hiện kế hoạch này.

II. NHIỆM VỤ
1. Sở Nội vụ rà soát, đơn giản hóa ít nhất 30% thủ tục hành chính nội bộ trước ngày 30/6/2025.
2. Trung tâm Y tế thành phố Phố Cây lập hồ sơ sức khỏe điện tử cho 95% người dân trong năm 2025.
3. Phòng Văn hóa và Thông tin mở 24 lớp tập huấn kỹ năng số cho cán bộ không chuyên trách ở cơ sở.
4. Công an thành phố cấp tài khoản định danh điện tử cho toàn bộ công dân đủ điều kiện quy định.
"""
SWAPPED = (
    PARENT.replace("Sở Nội vụ", "Phòng Nội vụ")
    .replace("30%", "25%")
    .replace("30/6/2025", "31/7/2025")
    .replace("Phố Cây", "Lam Khê")
    .replace("95%", "90%")
    .replace("24 lớp", "18 lớp")
)
OWN = """KẾ HOẠCH
Thực hiện Chương trình số 12-CTr/TU về chuyển đổi số

I. MỤC ĐÍCH, YÊU CẦU
1. Cụ thể hóa các nhiệm vụ của Chương trình số 12-CTr/TU phù hợp với thực tế của địa phương.
2. Xác định rõ trách nhiệm của từng cơ quan, đơn vị trong quá trình tổ chức thực hiện kế hoạch này.

II. NHIỆM VỤ
1. Lắp đặt 46 trạm quan trắc mực nước dọc sông Bến Đò, nối dữ liệu về phòng trực trước mùa lũ 2025.
2. Hợp tác xã Đồng Xoan đưa sổ theo dõi vùng trồng lên mạng cho 1.150 hộ, hướng dẫn tận vườn.
3. Chợ Hồ Sen nhận thanh toán không dùng tiền mặt ở mọi quầy hàng từ quý III năm 2025.
"""


def judged(text: str, *others: str) -> NearCopy:
    return find_copied(read_text(text), [read_text(other) for other in others])


def test_a_plan_with_names_and_numbers_changed_has_no_sentence_of_its_own() -> None:
    found = judged(SWAPPED, PARENT).originality
    assert (found.own, found.counted) == (0, 4)
    assert found.containment[0] > 0.9


def test_a_plan_of_its_own_under_the_same_frame_is_its_own() -> None:
    found = judged(OWN, PARENT, SWAPPED)
    assert (found.originality.own, found.originality.counted) == (3, 3)
    assert found.originality.copied == ()


def test_a_copied_stretch_is_shown_beside_its_source() -> None:
    third = next(line for line in PARENT.splitlines() if line.startswith("3."))
    mixed = OWN + "4. " + third[3:] + "\n"
    found = judged(mixed, SWAPPED, PARENT).originality
    assert (found.own, found.counted) == (3, 4)
    stretch = found.copied[0]
    assert mixed[stretch.start : stretch.end] == third[3:]
    assert "lớp tập huấn kỹ năng số" in SWAPPED[stretch.source_start : stretch.source_end]
    assert stretch.source == 0


def test_neighbouring_sentences_are_one_stretch() -> None:
    found = judged(SWAPPED, PARENT).originality
    assert len(found.copied) == 1
    assert found.copied[0].source_end == len(PARENT.rstrip())


def test_words_of_the_document_that_is_carried_out_are_not_counted() -> None:
    directive = next(line[3:] for line in PARENT.splitlines() if line.startswith("4."))
    found = find_copied(read_text(PARENT), [read_text(OWN)], [read_text(directive)]).originality
    assert (found.framed, found.counted) == (1, 3)


def test_facts_of_its_own_speak_beside_the_words() -> None:
    found = judged(SWAPPED, PARENT)
    assert "2025-07-31" in found.own_deadlines
    assert judged(PARENT, PARENT).own_deadlines == ()
    assert judged(PARENT, PARENT).own_bodies == ()


@pytest.mark.parametrize("text", ["", "Xin chào", PARENT, OWN])
def test_nothing_is_copied_from_nobody(text: str) -> None:
    found = judged(text).originality
    assert (found.own, found.copied) == (found.counted, ())


@given(st.lists(st.sampled_from(PARENT.split()), max_size=60).map(" ".join))
def test_shares_stay_between_none_and_all(text: str) -> None:
    found = judged(text, PARENT).originality
    assert all(0 <= share <= 1 for share in found.containment)
    assert 0 <= found.own <= found.counted
    assert all(0.5 <= stretch.share <= 1 for stretch in found.copied)


def test_accents_and_case_do_not_hide_a_copy() -> None:
    shouted = re.sub(r"(?<=\d\. )(.+)", lambda m: m[1].upper(), SWAPPED)
    assert judged(shouted, PARENT).originality.own == 0
