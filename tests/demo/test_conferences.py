"""What the pages say of the demonstration's conferences, as it was told of in public or planned."""

import re

import pytest
from django.test import override_settings

from lotrinh.apps.accounts import selectors as accounts
from lotrinh.apps.units import selectors as units
from lotrinh.demo.cast import data, day_of_demo
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.usefixtures("demo")
COPIED = {"Phường Vườn Mai (mẫu)", "Phường Ngõ Trúc (mẫu)", "Xã Cống Đá (mẫu)"}
SAID = {
    "van-phong": [
        "Ngày 23/5/2024, hội nghị kết nối 90/90 điểm cầu, với 913/974 đại biểu tham dự.",
        "Ngày 9/5/2024, hội nghị kết nối 618/618 điểm cầu, với 29.376/30.350 đại biểu tham dự.",
        "Ngày 16/8/2023, hội nghị kết nối 61/61 điểm cầu, với 23.041/23.460 đại biểu tham dự.",
    ],
    "reader": [
        "On 23 May 2024 the conference reached 90/90 sites, with 913/974 delegates present.",
        "On 9 May 2024 the conference reached 618/618 sites, with 29,376/30,350 delegates present.",
        "On 16 August 2023 the conference reached 61/61 sites, with 23,041/23,460 delegates "
        "present.",
    ],
}


@pytest.fixture(autouse=True)
def on_its_day():
    """Let the pages show the day of the demonstration."""
    with override_settings(LOTRINH_TODAY=day_of_demo()):
        yield


def visitor(sign_in):
    """Return somebody of the cast at the pages."""
    return Visit(accounts.user_by_sign_in_name(sign_in))


def conferences(visit):
    """Return the addresses of the conferences, the latest first."""
    listed = text_of(visit.look("/conferences/"))
    return re.findall(r'<a class="lt-title" href="(/conferences/[^"]+)"', listed)


@pytest.mark.parametrize("sign_in", SAID)
def test_pages_say_how_many_sites_and_people_there_were(sign_in):
    visit = visitor(sign_in)

    said = [
        re.search(r'lt-conf__words">([^<]+)<', text_of(visit.look(address))).group(1)
        for address in conferences(visit)
    ]

    assert said == SAID[sign_in]


def test_what_followed_from_the_conference_of_may_stands_on_its_pages():
    visit = visitor("van-phong")
    here = conferences(visit)[1]
    said = {
        name: text_of(visit.look(f"{here}{name}/"))
        for name in ("sessions", "study", "record", "questions", "conclusions")
    }

    assert "Cộng 2 buổi: 30.289/30.350 đại biểu đã dự, mỗi người tính một lần." in said["sessions"]
    assert "đã nộp 296/312 bài thu hoạch của 6/618 đơn vị; 612 đơn vị chưa báo" in said["study"]
    assert SAID["van-phong"][1] in said["record"]
    assert "Đếm lại hôm nay: mọi số liệu đúng như biên bản." in said["record"]
    assert [said["questions"].count(word) for word in ("đã trả lời", "đã gác lại")] == [2, 1]
    assert "1908-TB/TU" in said["conclusions"]
    assert len(re.findall(r'href="/duties/[0-9a-f-]{36}/"', said["conclusions"])) == 4


def test_the_follow_up_says_who_has_issued_what_is_missing_and_what_was_copied():
    visit = visitor("van-phong")
    calls = text_of(visit.look(f"{conferences(visit)[1]}programmes/"))
    (call,) = re.findall(r'href="(/programme-calls/[^"]+)"', calls)
    page = visit.look(call)
    lines = {line.unit_name: line for line in page.context["lines"]}
    own = {name: line.own_text.split("/") for name, line in lines.items() if line.own_text}

    assert (
        "9/14 đơn vị đã ban hành, 1 sau thời hạn; 2 dự thảo; 3 đơn vị chưa có gì; 5 đã quá hạn."
        in text_of(page)
    )
    assert {name for name, (part, whole) in own.items() if 2 * int(part) < int(whole)} == COPIED
    assert len(own) == 11
    assert [name for name, line in lines.items() if line.questions] == ["Phường Vườn Mai (mẫu)"]
    coverage = visit.look(f"{call}coverage/").context
    assert (coverage["total"], len(coverage["commitments"])) == (11, 26)
    assert sum(answered == 0 for _, answered in coverage["commitments"]) == 15
    asked = text_of(visit.look(lines["Phường Vườn Mai (mẫu)"].url))
    assert asked.count("312 hộ kinh doanh ở chợ Cầu Sen") >= 3
    assert "để sót tên chợ" in asked


def test_only_invented_units_owe_programmes():
    group = units.group_on(code=data("programmes")["group"], on=day_of_demo())
    names = [one.name_vi for one in units.members_of(group=group, on=day_of_demo())]

    assert len(names) == 14
    assert [name for name in names if "(mẫu)" not in name] == []
