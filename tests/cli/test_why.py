"""``lotrinh why``: one sentence, and an exit code that a script can rely on."""

from uuid import uuid4

import pytest
from django.test import override_settings
from typer.testing import CliRunner

from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.services import Identity
from lotrinh.cli.main import app
from tests.factories import (
    NOW,
    TODAY,
    make_document,
    make_duty,
    make_officer,
    make_target,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch):
    """Let the command work on the tests' own database, in Vietnamese, on the day of the story."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///")
    monkeypatch.setenv("LOTRINH_LANG", "vi")
    monkeypatch.setenv("LOTRINH_COLLECTED", "")
    with override_settings(LOTRINH_TODAY=TODAY):
        yield


def ask(*words: str) -> tuple[int, str, str]:
    """Run the command; return its exit code, what it says and what it complains of."""
    done = CliRunner().invoke(app, ["why", *words])
    return done.exit_code, done.stdout.strip(), done.stderr.strip()


def test_who_may_is_told_why(cast):
    code, told, complaint = ask("can-bo-ho-sen", "duty.read", "phuong-sen-tay")

    assert (code, complaint) == (0, "")
    assert told.splitlines() == [
        "Được: giữ chức vụ Chuyên viên (Quận Hồ Sen) từ 1/1/2020; vai trò “unit_officer” có quyền "
        "này trong phạm vi Quận Hồ Sen.",
        "Vị trí có quyền này: Chuyên viên, Phường Sen Tây; Chuyên viên, Quận Hồ Sen; Trưởng phòng "
        "Tổng hợp, Văn phòng Thành ủy.",
    ]


def test_who_may_not_is_told_why_and_who_may(cast, monkeypatch):
    monkeypatch.setenv("LOTRINH_LANG", "en")

    code, told, complaint = ask("Lê Minh Khê", "duty.issue", "Quận Hồ Sen")

    assert (code, complaint) == (1, "")
    assert told.startswith("Not allowed: ")
    assert "This may be done by: " in told
    assert "{" not in told


def test_the_day_decides(cast):
    asked = ("nguoi-cu", "duty.issue", "quan-ho-sen")

    assert ask(*asked, "--on", "2024-06-30")[0] == 0
    assert ask(*asked, "--on", "30/6/2024")[0] == 0
    assert ask(*asked, "--on", "1/7/2024")[0] == 1
    assert ask(*asked)[0] == 1


def test_a_unit_is_meant_by_its_code_its_uid_and_its_name(cast):
    for name in (cast.sen_tay.code, str(cast.sen_tay.uid), "phường sen tây", "Sen Tay Ward"):
        assert ask("can-bo-sen-tay", "duty.read", name)[0] == 0


def test_a_draft_is_read_where_it_is_owed_and_once_issued_by_whoever_owes_it(cast):
    words = {
        "owed_to": cast.city,
        "user": cast.chi,
        "unit": cast.ho_sen,
        "person": cast.person(cast.ha),
    }
    draft, issued = make_duty(**words), make_duty(**words, is_issued=True)

    assert ask("can-bo-ho-sen", "duty.read", str(draft.uid))[0] == 1
    assert ask("can-bo-ho-sen", "duty.read", str(issued.uid))[0] == 0
    assert ask("can-bo-dong-gao", "duty.read", str(issued.uid))[0] == 1


def test_a_duty_is_issued_by_whoever_may_on_both_sides(cast):
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    make_officer(cast.ho_sen, sign_in_name="chu-tich")

    assert ask("chu-tich", "duty.issue", "quan-ho-sen")[0] == 0
    assert ask("chu-tich", "duty.issue", str(duty.uid))[0] == 1
    assert ask("lanh-dao", "duty.issue", str(duty.uid))[0] == 0


def test_a_target_and_a_document_are_judged_where_they_are_kept_or_sent(cast):
    target = make_target(owed_to=cast.ho_sen, user=cast.ha)
    document = make_document(keeper=cast.city, user=cast.chi)

    assert ask("can-bo-ho-sen", "target.read", str(target.uid))[0] == 0
    assert ask("can-bo-dong-gao", "target.read", str(target.uid))[0] == 1
    assert ask("can-bo-ho-sen", "document.read", str(document.uid))[0] == 1
    registry.send_to(document=document, unit=cast.ho_sen, actor=cast.chi.named, at=NOW)
    assert ask("can-bo-ho-sen", "document.read", str(document.uid))[0] == 0
    assert ask("can-bo-ho-sen", "candidate.decide", str(document.uid))[0] == 1


def test_a_document_that_is_only_cited_is_open_to_everyone(cast):
    cited = registry.cite_document(
        identity=Identity(system="party", number="45-NQ/TW"),
        language="vi",
        keeper=cast.city,
        at=NOW,
    )

    assert ask("khong-chuc-vu", "document.read", str(cited.uid)) == (
        0,
        "Được: mọi người đăng nhập đều xem được.",
        "",
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (("Không Ai", "duty.read", "quan-ho-sen"), "Không Ai"),
        (("van-phong", "duty.burn", "quan-ho-sen"), "duty.issue"),
        (("van-phong", "duty.read", "khong-co"), "khong-co"),
        (("van-phong", "duty.read", str(uuid4())), "uid"),
        (("van-phong", "duty.read", "quan-ho-sen", "--on", "32/8/2024"), "32/8/2024"),
    ],
)
def test_what_is_unknown_is_said_in_one_line(cast, monkeypatch, asked, part, language):
    monkeypatch.setenv("LOTRINH_LANG", language)

    code, told, complaint = ask(*asked)

    assert (code, told) == (2, "")
    assert part in complaint
    assert len(complaint.splitlines()) == 1


def test_two_of_one_name_are_asked_back(cast):
    make_officer(cast.ho_sen, full_name="Phan Thu Hà", sign_in_name="ha-2")

    code, _, complaint = ask("phan thu ha", "duty.read", "quan-ho-sen")

    assert code == 2
    assert "can-bo-ho-sen" in complaint and "ha-2" in complaint
