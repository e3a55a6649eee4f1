"""What a conference concludes becomes duties in one act, is announced, and its record stays."""

import json
from datetime import date, timedelta

import pytest

from lotrinh.apps.dissemination import selectors, services
from lotrinh.apps.dissemination.models import Conclusion, ConferenceRecord, Headcount
from lotrinh.apps.dissemination.services import ItemSaid, Line, NoticeSaid
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.duties import services as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services import Concluded
from lotrinh.apps.units import selectors as units
from lotrinh.rules.conferences.records import Difference, differences
from lotrinh.rules.reviewing.numbers import digest
from tests.conferences import CLASS, begin, call, close, count, plan, site_at
from tests.factories import NOW, TODAY, key, make_document

pytestmark = pytest.mark.django_db

DUE = date(2024, 9, 30)


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi)
    call(held, [cast.ho_sen, cast.sen_tay], user=cast.chi)
    return held


@pytest.fixture
def open_one(conference, cast):
    return begin(conference, user=cast.chi)


def lines(cast):
    told = Concluded("Ban hành kế hoạch thực hiện", key(), unit=cast.ho_sen, due=DUE)
    return [Line(told), Line(Concluded("Hội nghị thống nhất cao", key()), is_duty=False)]


def conclude(conference, found, *, user):
    return services.conclude(conference_id=conference.pk, lines=found, user=user, on=TODAY, at=NOW)


def now(conference, user):
    found = selectors.conclusions_of(conference=conference, seen_by=user.pk, on=TODAY)
    return [(one.conclusion.text, one.duty and one.duty.unit) for one in found]


def test_every_line_becomes_a_draft_once_and_a_remark_none(open_one, cast):
    found = lines(cast)

    conclude(open_one, found, user=cast.chi)
    conclude(open_one, found, user=cast.chi)

    duty = Duty.objects.get()
    assert (duty.state, duty.unit, duty.due, duty.owed_to) == ("draft", cast.ho_sen, DUE, cast.city)
    assert duty.authority.startswith("Kết luận tại “Hội nghị quán triệt chương trình hành động”")
    assert now(open_one, cast.chi) == [
        ("Ban hành kế hoạch thực hiện", cast.ho_sen),
        ("Hội nghị thống nhất cao", None),
    ]
    assert now(open_one, cast.mai)[0] == ("Ban hành kế hoạch thực hiện", None)
    with pytest.raises(services.KeyTaken):
        conclude(another(cast), found, user=cast.chi)


def another(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    return begin(plan(cast.city, paper, user=cast.chi), user=cast.chi)


def test_before_it_begins_and_by_others_nothing_is_concluded(conference, cast):
    with pytest.raises(services.NotNow):
        conclude(conference, lines(cast), user=cast.chi)
    begin(conference, user=cast.chi)
    with pytest.raises(services.NotAllowed):
        conclude(conference, lines(cast), user=cast.mai)
    wrong = Line(Concluded("Làm ngay", key(), unit=cast.ho_sen, person=cast.person(cast.mai)))
    with pytest.raises(duties.PersonElsewhere):
        conclude(conference, [*lines(cast), wrong], user=cast.chi)

    assert not Conclusion.objects.exists()
    assert not Duty.objects.exists()


def test_the_notice_is_a_document_and_each_duty_points_into_it(open_one, cast, blobs):
    first, second = conclude(open_one, lines(cast), user=cast.chi)
    text = "THÔNG BÁO\n1. Ban hành kế hoạch thực hiện.\n2. Hội nghị thống nhất cao./."
    said = NoticeSaid(
        Identity(system="party", type_code="TB", number="12-TB/TU", issued_on=TODAY),
        "Kết luận tại hội nghị",
        text,
        b"a file",
        [(first.pk, 10, 41), (second.pk, 42, 71)],
        "thong-bao.docx",
    )
    by = {"user": cast.chi, "on": TODAY, "at": NOW, "client_key": key()}

    paper = services.announce_conclusions(conference_id=open_one.pk, said=said, **by)
    again = services.announce_conclusions(conference_id=open_one.pk, said=said, **by)

    assert again == paper
    assert selectors.notice_of(conference=open_one, seen_by=cast.chi.pk, on=TODAY) == paper
    assert selectors.notice_of(conference=open_one, seen_by=cast.mai.pk, on=TODAY) is None
    source = first.duty.sources.get()
    words = source.rendition.text[source.start : source.end]
    assert words == "1. Ban hành kế hoạch thực hiện."
    assert source.clause.label == "1."
    assert [one.label for _text, one in selectors.clauses_announced(paper)] == ["1.", "2."]
    with pytest.raises(services.NothingConcluded):
        empty = NoticeSaid(said.identity, "x", "x", b"x", [], "x")
        services.announce_conclusions(
            conference_id=open_one.pk, said=empty, **(by | {"client_key": key()})
        )


def test_a_registered_document_can_be_the_notice_if_it_is_seen(open_one, cast):
    notice = make_document(keeper=cast.city, user=cast.chi, type_code="TB")
    by = {"user": cast.chi, "on": TODAY, "at": NOW}

    for _ in range(2):
        services.link_notice(
            conference_id=open_one.pk, document=notice, client_key=open_one.uid, **by
        )

    assert open_one.notices.count() == 1
    assert selectors.notice_of(conference=open_one, seen_by=cast.chi.pk, on=TODAY) == notice


def test_the_record_is_frozen_once_and_a_recount_stands_beside_it(conference, cast):
    services.set_agenda(
        conference_id=conference.pk,
        version=selectors.conference_by_uid(conference.uid, seen_by=cast.chi.pk, on=TODAY).version,
        items=[ItemSaid("Khai mạc", presenter="Đồng chí Bí thư", minutes=10)],
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    begin(conference, user=cast.chi)
    site = site_at(conference, cast.sen_tay)
    count(site, 27, user=cast.mai)
    conclude(conference, lines(cast), user=cast.chi)
    by = {"conference_id": conference.pk, "user": cast.chi, "on": TODAY, "at": NOW}
    with pytest.raises(services.NotNow):
        services.freeze_record(**by)
    close(conference, user=cast.chi)

    record = services.freeze_record(**by)
    late = site.headcounts.get()
    Headcount.objects.create(
        site=site,
        attendees=late.attendees,
        present=29,
        by=cast.mai,
        at=NOW + timedelta(hours=1),
        client_key=key(),
    )
    assert services.freeze_record(**by) == record

    assert ConferenceRecord.objects.get().sha256 == digest(record.content)
    content = json.loads(record.content)
    assert content["whole"] == {
        "sites": 3,
        "joined": 0,
        "silent": 2,
        "present": 27,
        "summoned": None,
    }
    assert content["classes"] == [
        {"code": CLASS, "name_vi": "Đại biểu", "name_en": "Delegates", "present": 27, "called": 60}
    ]
    assert [one["name_vi"] for one in content["branches"]] == ["Quận Hồ Sen"]
    assert content["agenda"][0]["presenter"] == "Đồng chí Bí thư"
    assert [one["unit_vi"] for one in content["conclusions"]] == ["Quận Hồ Sen", None]
    again = selectors.content_of(conference, on=TODAY)
    assert differences(content, again, language="vi") == (
        Difference("present", "", 27, 29),
        Difference("class", "Đại biểu", 27, 29),
        Difference("site", "Phường Sen Tây", 27, 29),
    )


def test_the_run_sheet_names_the_holder_of_the_post_on_the_day(conference, cast):
    by = {"user": cast.chi, "on": TODAY, "at": NOW}
    services.set_agenda(
        conference_id=conference.pk,
        version=2,
        items=[ItemSaid("Quán triệt", post=posts(cast)["Phó Bí thư"], minutes=45)],
        **by,
    )

    (item,) = selectors.run_sheet_of(conference=conference)

    assert (item.presenter, item.title_vi) == ("Đoàn Hải Thạch", "Phó Bí thư, Thành phố Hồ Sen")
    assert item.begins is None


def posts(cast):
    found = units.posts_offered(
        first=[cast.city.pk], seen_by=cast.chi.pk, as_of=TODAY, on=TODAY, most=50
    )
    return {one.post.title_vi: one.post for one in found}
