"""Duties from a sheet: pasted or sent, looked at, taken in; and a list that comes back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.files.sheets import as_csv, read_grid
from tests.cast import Cast
from tests.factories import make_document, make_duty, make_rendition
from tests.unchanged import state_of_tables
from tests.web.visiting import Visit, text_of

PATH = "/duties/import/"
HEAD = "TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành\tSản phẩm"
GOOD = "1\tRà soát trường lớp\tQuận Hồ Sen\tPhường Sen Tây\tQuý III/2024\tBáo cáo"
GROUP = "I\tNhiệm vụ chung\t\t\t\t"
BAD = "2\tSửa cầu\tQuận Hồ Sem\t\t30/9/2024\t"
DRAFTS = "/duties/counted.csv?class=draft"


def carried(answer) -> dict[str, str]:
    held = dict(re.findall(r'name="(sheet|client_key|text)" value="([^"]*)"', text_of(answer)))
    assert set(held) == {"sheet", "client_key", "text"}
    return held


def rows(*lines: str) -> str:
    return "\n".join((HEAD, *lines))


@pytest.fixture
def paper(cast: Cast) -> str:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return rendition.document.number


def look(visit: Visit, paper: str, *lines: str):
    return visit.send(PATH, {"number": paper, "rows": rows(*lines)}, status=200)


def test_a_look_writes_nothing_and_shows_every_verdict(cast: Cast, paper: str) -> None:
    visit, before = Visit(cast.chi), state_of_tables()

    shown = look(visit, paper, GROUP, GOOD, BAD)

    result = shown.context["result"]
    assert (result.new, result.amended, result.refused) == (1, 0, 1)
    assert [(row.line, row.fate, row.due) for row in result.rows] == [
        (4, "refused", "30/9/2024"),
        (3, "draft", "30/9/2024"),
        (2, "heading", ""),
    ]
    assert "có phải là: Quận Hồ Sen" in text_of(shown)
    assert state_of_tables() == before


def test_everything_that_is_wrong_with_a_row_is_shown_at_once(cast: Cast, paper: str) -> None:
    wrong = "2\t\tQuận Hồ Sem\tSở Bưu điện\tkhi nào xong thì xong\t"

    shown = look(Visit(cast.chi), paper, GOOD, wrong)

    row = next(row for row in shown.context["result"].rows if row.fate == "refused")
    assert [words.partition(":")[0] for words in row.faults] == [
        "Nội dung nhiệm vụ",
        "Cơ quan chủ trì",
    ]
    assert [words.partition(":")[0] for words in row.notes] == [
        "Cơ quan phối hợp",
        "Thời gian hoàn thành",
    ]
    for words in (*row.faults, *row.notes):
        assert words in text_of(shown)


def test_good_rows_become_drafts_once_and_bad_ones_go_back(cast: Cast, paper: str) -> None:
    visit = Visit(cast.chi)
    form = carried(look(visit, paper, GOOD, BAD))

    done = visit.send(PATH, {"step": "import", **form}, status=200)
    before = state_of_tables()
    again = visit.send(PATH, {"step": "import", **form}, status=200)
    back = visit.send(PATH, {"step": "rows", **form}, status=200)

    assert done.context["result"].new == 1
    duty = Duty.objects.get(title="Rà soát trường lớp")
    assert (duty.owed_to, duty.unit, duty.state) == (cast.city, cast.ho_sen, "draft")
    assert [part.unit for part in duty.taken_parts.all()] == [cast.sen_tay]
    source = duty.sources.get()
    assert (source.stated_due, source.precision, str(source.due)) == (
        "2024-Q3",
        "quarter",
        "2024-09-30",
    )
    assert (again.context["result"].new, again.context["result"].unchanged) == (0, 1)
    assert state_of_tables() == before
    head, good, bad = read_grid(back.content, "a.xlsx")
    assert head == (*HEAD.split("\t"), "Kết quả kiểm tra")
    assert good[-1] == "đã có trong hệ thống"
    assert bad[-1].startswith("LỖI: Cơ quan chủ trì: không có đơn vị nào tên “Quận Hồ Sem”")


def test_a_list_that_was_exported_comes_back_and_changes_nothing(cast: Cast, paper: str) -> None:
    visit = Visit(cast.chi)
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, is_issued=False)
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )
    visit.send(PATH, {"step": "import", **carried(look(visit, paper, GOOD))}, status=200)
    for address in (DRAFTS, "/duties/counted.csv", "/duties/counted.xlsx"):
        given = visit.look(address).content
        before = state_of_tables()
        shown = visit.send(
            PATH, {"file": SimpleUploadedFile(address.split("?")[0][-12:], given)}, status=200
        )
        assert {row.fate for row in shown.context["result"].rows} == {"unchanged"}
        assert "Take" not in text_of(shown)
        form = carried_or_none(shown)
        assert form is None
        assert state_of_tables() == before
        assert visit.look(address).content == given


def carried_or_none(answer) -> dict[str, str] | None:
    return carried(answer) if 'name="sheet"' in text_of(answer) else None


def changed(visit: Visit, address: str, old: str, new: str) -> SimpleUploadedFile:
    given = visit.look(address).content.decode()
    assert old in given
    return SimpleUploadedFile("list.csv", given.replace(old, new).encode())


def test_a_changed_row_changes_its_draft_alone(cast: Cast) -> None:
    visit = Visit(cast.chi)
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    file = changed(visit, DRAFTS, "2024-09-29", "tháng 11/2024")
    form = carried(visit.send(PATH, {"file": file}, status=200))

    visit.send(PATH, {"step": "import", **form}, status=200)
    again = visit.send(PATH, {"step": "import", **form}, status=200)

    duty.refresh_from_db()
    assert (str(duty.due), duty.unit, duty.version) == ("2024-11-30", cast.ho_sen, 2)
    assert DutyEvent.objects.filter(duty=duty).count() == 1
    fates = [row.fate for row in again.context["result"].rows]
    assert fates == ["unchanged"]


def test_what_was_changed_meanwhile_or_issued_stays(cast: Cast) -> None:
    visit = Visit(cast.chi)
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    stale = changed(visit, DRAFTS, "2024-09-29", "1/12/2024")
    Duty.objects.filter(pk=duty.pk).update(version=4)
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )
    issued = changed(visit, "/duties/counted.csv", "2024-09-29", "1/12/2024")

    meanwhile = visit.send(PATH, {"file": stale}, status=200).context["result"].rows[0]
    binding = visit.send(PATH, {"file": issued}, status=200).context["result"].rows[0]

    assert "dự thảo đã được sửa sau khi xuất tệp" in meanwhile.faults[0]
    assert "nhiệm vụ đã giao thì không sửa bằng tệp" in binding.faults[0]


def test_what_cannot_be_read_is_refused_with_the_cure(cast: Cast, paper: str) -> None:
    visit = Visit(cast.chi)
    said = {
        "Hãy dán": {"number": paper},
        "99-XX/YY": {"number": "99-XX/YY", "rows": rows(GOOD)},
        "Nội dung nhiệm vụ": {"rows": "a\tb\n1\t2"},
        "dấu mật nhà nước": {"rows": "TỐI MẬT\t\n" + rows(GOOD)},
    }
    for words, form in said.items():
        assert words.casefold() in text_of(visit.send(PATH, form, status=422)).casefold()
    without = visit.send(PATH, {"rows": rows(GOOD)}, status=200).context["result"].rows[0]
    assert "chưa nêu văn bản giao việc" in without.faults[0]


def test_who_assigns_nothing_has_no_sheet(cast: Cast) -> None:
    for member in (cast.bach, cast.an, cast.tung):
        Visit(member).look(PATH, status=403)
        Visit(member).send(PATH, {"step": "import"}, status=403)


def test_a_look_at_many_rows_costs_few_queries(cast: Cast, paper: str) -> None:
    visit = Visit(cast.chi)
    many = [GOOD.replace("trường lớp", f"trường lớp {n}") for n in range(100)]
    with CaptureQueriesContext(connection) as caught:
        look(visit, paper, *many)
    assert len(caught) <= 20


@pytest.mark.slow
def test_a_thousand_rows_come_in(cast: Cast, paper: str) -> None:
    visit = Visit(cast.chi)
    many = [GOOD.replace("trường lớp", f"trường lớp {n}") for n in range(1000)]
    form = carried(look(visit, paper, *many))

    visit.send(PATH, {"step": "import", **form}, status=200)

    assert Duty.objects.count() == 1000


def test_the_marked_file_can_be_mended_and_sent_again(cast: Cast, paper: str) -> None:
    visit = Visit(cast.chi)
    form = carried(look(visit, paper, BAD))
    back = read_grid(visit.send(PATH, {"step": "rows", **form}, status=200).content, "a.xlsx")
    mended = as_csv([[cell.replace("Sem", "Sen") for cell in row] for row in back])

    given = {"number": paper, "file": SimpleUploadedFile("b.csv", mended)}
    shown = visit.send(PATH, given, status=200)

    assert [row.fate for row in shown.context["result"].rows] == ["draft"]
