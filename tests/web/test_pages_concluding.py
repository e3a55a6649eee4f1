"""Around and after a conference, at the pages: run sheet, conclusions, record, questions."""

import pytest
from django.urls import reverse

from lotrinh.apps.dissemination.models import (
    AgendaItem,
    Conclusion,
    Conference,
    Question,
    Reflections,
)
from lotrinh.apps.duties.models import Duty
from lotrinh.rules.conferences import Link
from tests.conferences import begin, call, close, count, plan, signal, site_at
from tests.factories import key, make_document
from tests.web.visiting import Visit, text_of

MOST = 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi, begins="14:00")
    call(held, [cast.ho_sen, cast.sen_tay], user=cast.chi)
    held.refresh_from_db()
    return held


def page(name, held):
    return reverse(f"conference-{name}", kwargs={"uid": held.uid})


def test_a_run_sheet_is_written_in_the_order_that_stands_beside_it(conference, cast):
    chi = Visit(cast.chi)
    shown = text_of(chi.look(page("run-sheet", conference)))
    post = "Phó Bí thư, Thành phố Hồ Sen (Đoàn Hải Thạch)"
    assert f'<option value="{post}">' in shown
    form = {
        "version": str(conference.version),
        "order_1": "2",
        "title_1": "Quán triệt chương trình",
        "presenter_1": post,
        "minutes_1": "45",
        "order_2": "1",
        "title_2": "Khai mạc",
        "presenter_2": "Ông Nguyễn Văn Khách",
        "minutes_2": "10",
        "title_3": "",
    }

    chi.send(page("run-sheet", conference), form)

    items = AgendaItem.objects.order_by("place")
    assert [(one.title, one.presenter, one.post is not None) for one in items] == [
        ("Khai mạc", "Ông Nguyễn Văn Khách", False),
        ("Quán triệt chương trình", "", True),
    ]
    shown = text_of(chi.look(reverse("conference", kwargs={"uid": conference.uid})))
    assert "<time>14:10</time> Quán triệt chương trình" in shown
    assert "Đoàn Hải Thạch, Phó Bí thư, Thành phố Hồ Sen" in shown
    chi.send(page("run-sheet", conference), form, status=409)
    untitled = {"version": "9", "title_1": "", "minutes_1": "7"}
    chi.send(page("run-sheet", conference), untitled, status=422)
    Visit(cast.mai).look(page("run-sheet", conference), status=403)
    entry = chi.look(page("calendar", conference)).content.decode()
    assert "DTSTART:20240807T070000Z" in entry
    assert "DTEND:20240807T075500Z" in entry


def test_remarks_become_duties_in_one_pass_after_all_was_seen(conference, cast):
    begin(conference, user=cast.chi)
    chi, here = Visit(cast.chi), page("conclude", conference)
    remarks = f"Ban hành kế hoạch | {cast.ho_sen.name_vi} | 30/9/2024 | Kế hoạch\nThống nhất cao\n"
    lines = chi.send(here, {"act": "lines", "remarks": remarks}, status=200)
    shown = text_of(lines)
    assert 'value="Quận Hồ Sen"' in shown
    form = {
        "line1-client_key": str(key()),
        "line1-title": "Ban hành kế hoạch",
        "line1-unit": "Quận Hồ Sen",
        "line1-person": "Phan Thu Hà",
        "line1-due": "30/9/2024",
        "line1-deliverable": "Kế hoạch",
        "line2-client_key": str(key()),
        "line2-title": "Thống nhất cao",
        "line2-is_remark": "on",
        "line3-client_key": str(key()),
        "line3-title": "",
    }
    wrong = chi.send(here, form | {"act": "preview", "line1-unit": "Quận Không Có"}, status=422)
    assert "Quận Không Có" in text_of(wrong)
    preview = text_of(chi.send(here, form | {"act": "preview"}, status=200))
    assert "30/9/2024" in preview
    assert not Duty.objects.exists()

    chi.send(here, form | {"act": "keep"})
    chi.send(here, form | {"act": "keep"})

    duty = Duty.objects.get()
    assert (duty.unit, duty.person, duty.deliverable) == (
        cast.ho_sen,
        cast.person(cast.ha),
        "Kế hoạch",
    )
    assert Conclusion.objects.count() == 2
    shown = text_of(chi.look(page("conclusions", conference)))
    assert "Ban hành kế hoạch" in shown and "Thống nhất cao" in shown
    assert f"/duties/{duty.uid}/" in shown
    chi.send(here, {"act": "lines", "remarks": " \n"}, status=422)
    chi.send(here, {"act": "preview"}, status=422)


def test_the_notice_is_printed_and_registered_with_its_text(conference, cast, blobs):
    begin(conference, user=cast.chi)
    chi = Visit(cast.chi)
    line = {"line1-client_key": str(key()), "line1-title": "Ban hành kế hoạch"}
    line |= {"line1-unit": "Quận Hồ Sen", "line1-due": "30/9/2024", "act": "keep"}
    chi.send(page("conclude", conference), line)
    form = {
        "client_key": str(key()),
        "system": "party",
        "issuer": "THÀNH ỦY HỒ SEN",
        "number": "12",
        "symbol": "TB/TU",
        "day": "7/8/2024",
    }
    here = page("notice", conference)
    chi.look(here)
    file = chi.send(here, form | {"act": "file"}, status=200)
    assert (file["Content-Type"], file.content[:2]) == (DOCX, b"PK")

    chi.send(here, form | {"act": "keep"})
    chi.send(here, form | {"act": "keep"})

    source = Duty.objects.get().sources.get()
    assert source.rendition.document.number == "12-TB/TU"
    words = source.rendition.text[source.start : source.end]
    assert words == "1. Ban hành kế hoạch (Quận Hồ Sen chủ trì; hạn 30/9/2024)./."
    assert "12-TB/TU" in text_of(chi.look(page("conclusions", conference)))
    picked = text_of(chi.look(page("conclude", conference)))
    assert "1. Ban hành kế hoạch (Quận Hồ Sen chủ trì" in picked
    mixed = chi.send(here, form | {"act": "file", "symbol": "TB-UBND"}, status=422)
    assert "TB-UBND" in text_of(mixed)


def test_the_record_reads_as_it_will_be_and_stays_as_it_was(conference, cast):
    begin(conference, user=cast.chi)
    count(site_at(conference, cast.sen_tay), 27, user=cast.mai)
    chi = Visit(cast.chi)
    here = page("record", conference)
    chi.send(page("record-freeze", conference), {})
    assert "Biên bản" in text_of(chi.look(here))
    chi.look(page("record-file", conference), status=404)
    close(conference, user=cast.chi)

    chi.send(page("record-freeze", conference), {})

    shown = text_of(chi.look(here))
    assert "với 27 đại biểu tham dự." in shown
    assert conference.record.sha256 in shown
    file = chi.look(page("record-file", conference))
    assert (file["Content-Type"], file.content[:2]) == (DOCX, b"PK")
    Visit(cast.mai).look(here, status=403)
    Visit(cast.an).look(here, status=404)


def test_a_site_asks_and_reads_what_became_of_it(conference, cast):
    begin(conference, user=cast.chi)
    chi, mai, ha = Visit(cast.chi), Visit(cast.mai), Visit(cast.ha)
    site = site_at(conference, cast.sen_tay)
    here, asking = page("questions", conference), reverse("site-ask", kwargs={"uid": site.uid})

    mai.send(asking, {"client_key": str(key()), "text": "Kinh phí lấy ở đâu?"})
    mai.send(asking, {"client_key": str(key()), "text": ""})

    asked = Question.objects.get()
    assert "Kinh phí lấy ở đâu?" in text_of(mai.look(here))
    answer = {"client_key": str(key()), "question": str(asked.uid)}
    chi.send(page("settle", conference), answer | {"step": "answer", "words": ""})
    chi.send(page("settle", conference), answer | {"step": "answer", "words": "Ngân sách quận."})
    assert "Ngân sách quận." in text_of(ha.look(here))
    mai.send(page("settle", conference), answer | {"step": "show"}, status=403)


def test_whoever_tells_for_a_site_is_told_that_it_is_called(conference, cast):
    mai, chi = Visit(cast.mai), Visit(cast.chi)

    shown = text_of(mai.look(reverse("notices")))

    assert conference.title in shown
    assert "Thử kết nối ngay: 1 điểm cầu chưa thử" in shown
    assert conference.title not in text_of(chi.look(reverse("notices")))
    signal(site_at(conference, cast.sen_tay), Link.TESTED, user=cast.mai)
    assert "Thử kết nối" not in text_of(mai.look(reverse("notices")))


def test_reflections_are_called_for_and_told(conference, cast):
    chi, mai, here = Visit(cast.chi), Visit(cast.mai), page("study", conference)
    form = {"client_key": str(key()), "due": "30", "handed_in": "28", "is_confirmed": "on"}
    telling = reverse("site-study", kwargs={"uid": site_at(conference, cast.sen_tay).uid})
    mai.send(telling, form)
    assert not Reflections.objects.exists()
    calling = page("study-call", conference)
    chi.send(calling, {"client_key": str(key()), "until": "1/8/2024"})
    chi.send(calling, {"client_key": str(key()), "until": "9/9/2024"})

    mai.send(telling, form | {"handed_in": "31"})
    mai.send(telling, form)
    mai.send(telling, form)

    told = Reflections.objects.get()
    assert (told.due, told.handed_in, told.is_confirmed) == (30, 28, True)
    shown = text_of(chi.look(here))
    assert "Đến hạn 9/9/2024 đã nộp 28/30 bài thu hoạch của 1/3 đơn vị; 2 đơn vị chưa báo." in shown
    mai.send(calling, {"client_key": str(key()), "until": "9/9/2024"}, status=403)


def test_the_absent_are_called_again_and_acknowledged(conference, cast):
    begin(conference, user=cast.chi)
    site = site_at(conference, cast.sen_tay)
    count(site, 27, user=cast.mai)
    chi, mai, here = Visit(cast.chi), Visit(cast.mai), page("sessions", conference)
    form = {"client_key": str(key()), "title": "Buổi học bù", "day": "14/8/2024"}
    chi.send(page("session-new", conference), form)
    assert Conference.objects.count() == 1
    close(conference, user=cast.chi)

    chi.send(page("session-new", conference), form)
    acknowledging = reverse("site-acknowledge", kwargs={"uid": site.uid})
    mai.send(acknowledging, {"client_key": str(key()), "n-delegates": "9"})
    mai.send(acknowledging, {"client_key": str(key()), "n-delegates": "2"})

    assert Conference.objects.count() == 2
    shown = text_of(chi.look(here))
    assert "Buổi học bù" in shown and "3 người vắng" in shown
    assert "2 người đã nghiên cứu văn bản" in shown
    assert "Cộng 2 buổi: 27 đại biểu đã dự, mỗi người tính một lần." in shown
    past = form | {"client_key": str(key()), "day": "1/8/2024"}
    chi.send(page("session-new", conference), past, status=422)
    mai.look(page("session-new", conference), status=403)


def test_pages_ask_the_database_little(conference, cast):
    begin(conference, user=cast.chi)
    chi = Visit(cast.chi)
    names = (
        "run-sheet",
        "conclusions",
        "conclude",
        "notice",
        "record",
        "questions",
        "study",
        "sessions",
    )

    costs = {name: chi.cost(page(name, conference)) for name in names}

    assert {name: cost for name, cost in costs.items() if cost > MOST} == {}
