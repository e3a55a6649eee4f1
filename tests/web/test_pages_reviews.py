"""The pages of reviews: written by several, frozen once, every number opens what it is made of."""

import json
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse

from lotrinh.apps.reviews.models import Edition, Review
from lotrinh.apps.reviews.services import quote_number
from lotrinh.rules.actions import Action
from lotrinh.rules.reviewing.quoting import Aspect, Source
from tests.factories import NOW, TODAY, key, make_document, make_officer
from tests.ledgers import make_period
from tests.reviewing import freeze, make_paper, make_review, set_target, tell, write
from tests.web.visiting import Visit, text_of

MOST = 20


@pytest.fixture
def paper(cast):
    return make_paper(keeper=cast.city, user=cast.chi)


@pytest.fixture
def review(paper, cast):
    july = make_period()
    families = set_target(paper, owed_to=cast.city, user=cast.chi)
    set_target(paper, owed_to=cast.city, user=cast.chi, name="Số thôn được công nhận")
    told = {cast.sen_tay: 700, cast.dong_gao: 560}
    tell(families, told, period=july, entered_by=cast.chi, user=cast.thach)
    return make_review(paper, unit=cast.city, period=july, user=cast.chi)


def page(name, uid, **more):
    return reverse(name, kwargs={"uid": uid, **more})


def test_it_is_begun_from_a_form(paper, cast):
    july = make_period()
    chi = Visit(cast.chi)
    chi.look(reverse("review-new"))
    form = {
        "client_key": str(key()),
        "unit": cast.city.name_vi,
        "period": str(july.uid),
        "documents": [str(paper.uid)],
        "counted_on": "31/7/2024",
        "about": "Kết quả tháng 7",
        "system": "party",
        "language": "vi",
    }

    chi.send(reverse("review-new"), form)
    chi.send(reverse("review-new"), form)

    review = Review.objects.get()
    assert (review.system, review.about) == ("party", "Kết quả tháng 7")
    answer = chi.send(reverse("review-new"), form | {"documents": [], "about": ""}, status=422)
    assert "Chọn ít nhất một văn bản." in text_of(answer)
    Visit(cast.nghiem).look(reverse("review-new"), status=403)


def test_documents_are_found_by_words_and_what_is_typed_and_ticked_stays(paper, cast):
    other = make_document(keeper=cast.city, user=cast.chi, title="Thông báo kết luận giao ban")
    target = set_target(paper, owed_to=cast.city, user=cast.chi)
    chi = Visit(cast.chi)
    shown = text_of(chi.look(reverse("review-new")))
    assert target.sources.get().rendition.document.title in shown
    assert other.title not in shown, "it sets nothing"

    typed = {"about": "Tháng 7", "documents": [str(paper.uid)], "q": "giao ban", "narrow": "1"}
    shown = text_of(chi.send(reverse("review-new"), typed, status=200))

    assert other.title in shown and 'value="Tháng 7"' in shown
    ticked = re.findall(r'value="([0-9a-f-]{36})"[^>]*checked', shown)
    assert ticked == [str(paper.uid)]
    assert "Chọn kỳ" not in shown, "nothing is held against somebody who is still looking"
    assert not Review.objects.exists()


def test_every_number_on_it_is_a_door(review, cast):
    shown = text_of(Visit(cast.chi).look(page("review", review.uid)))

    assert "1.260 hộ" in shown
    door = re.search(r'<a class="lt-number" href="([^"]+)">1.260 hộ</a>', shown)
    behind = text_of(Visit(cast.chi).look(door[1].replace("&amp;", "&")))
    assert cast.sen_tay.name_vi in behind
    assert '<a class="lt-number lt-number--missing"' in shown
    assert "[chưa có số liệu]" in shown


def test_pages_ask_the_database_little(review, cast):
    edition = freeze(review, user=cast.thach)
    chi = Visit(cast.chi)
    section = review.sections.get(place=3)

    costs = {
        name: chi.cost(path)
        for name, path in {
            "list": reverse("reviews"),
            "review": page("review", review.uid),
            "section": page("section", section.uid),
            "edition": page("edition", edition.uid),
            "number": page("edition-number", edition.uid, number=4),
        }.items()
    }

    assert {name: cost for name, cost in costs.items() if cost > MOST} == {}


def test_what_two_write_at_once_is_shown_to_the_second(review, cast):
    section = review.sections.get(place=6)
    write(section, "Thiếu người.", user=cast.chi)

    sent = {"version": "1", "text": "Mưa bão."}
    answer = Visit(cast.chi).send(page("section", section.uid), sent, status=409)

    shown = text_of(answer)
    assert "Thiếu người." in shown and "Mưa bão." in shown
    assert 'name="version" value="2"' in shown
    Visit(cast.chi).send(page("section", section.uid), sent | {"version": "2"})
    section.refresh_from_db()
    assert section.text == "Mưa bão."


def test_what_somebody_else_put_around_the_text_is_shown_beside_what_was_typed(review, cast):
    form = {
        "version": "1",
        "about": "Tháng 7",
        "issuer": "UBND Thành phố",
        "place": "Hà Nội",
        "counted_on": "31/7/2024",
    }
    chi = Visit(cast.chi)
    chi.send(page("review-frame", review.uid), form | {"issuer": "Sở Văn hóa", "signer": "Chi"})

    answer = chi.send(page("review-frame", review.uid), form, status=409)

    shown = text_of(answer)
    now = shown[shown.index("Nội dung hiện nay") : shown.index("<form class")]
    assert "Sở Văn hóa" in now and "Chi" in now and "Hà Nội" not in now
    assert 'value="UBND Thành phố"' in shown
    chi.send(page("review-frame", review.uid), form | {"version": "2"})
    review.refresh_from_db()
    assert (review.issuer, review.signer) == ("UBND Thành phố", "")


def test_nothing_is_frozen_before_somebody_said_where_its_code_leads(review, cast, settings):
    settings.LOTRINH_HAS_ADDRESS = False
    form = {"client_key": str(key())}

    answer = Visit(cast.thach).send(page("review-freeze", review.uid), form, status=422)

    assert "LOTRINH_ADDRESS" in text_of(answer)
    assert not Edition.objects.exists()


def test_a_number_that_is_not_on_the_list_is_named(review, cast):
    section = review.sections.get(place=6)

    sent = {"version": "1", "text": "Đạt:\n\n[#77], [#ba]."}
    answer = Visit(cast.chi).send(page("section", section.uid), sent, status=422)

    shown = text_of(answer)
    assert "Đoạn 2: [#77] không có trong danh mục số liệu." in shown
    assert "Đoạn 2: [#ba] không trích số liệu nào. Số liệu 3 thì viết là [#3]." in shown
    assert shown.index("Chưa trích") < shown.index("Đã trích trong báo cáo")


def test_an_old_quote_of_nothing_is_shown_as_it_was_typed(review, cast):
    review.sections.filter(place=6).update(text="Đạt [#77], [#ba].")

    shown = text_of(Visit(cast.chi).look(page("review", review.uid)))

    assert ">[#77: không có trong danh mục]</strong>" in shown
    assert ">[#ba]</strong>" in shown


def test_a_reader_comments_and_does_not_write(review, cast):
    section = review.sections.get(place=6)
    thach = Visit(cast.thach)
    shown = text_of(thach.look(page("section", section.uid)))

    assert "<textarea" in shown and 'name="version"' not in shown
    thach.send(page("section", section.uid), {"version": "1", "text": "x"}, status=403)
    thach.send(
        page("section-comment", section.uid),
        {"client_key": str(key()), "text": "Nêu rõ <b>đơn vị</b>."},
    )
    assert "Nêu rõ &lt;b&gt;đơn vị&lt;/b&gt;." in text_of(
        Visit(cast.chi).look(page("section", section.uid))
    )


def test_freezing_tells_what_will_be_missing_and_makes_one_edition(review, cast):
    thach, form = Visit(cast.thach), {"client_key": str(key())}
    shown = text_of(thach.look(page("review-freeze", review.uid)))
    assert "Số thôn được công nhận" in shown

    thach.send(page("review-freeze", review.uid), form)
    thach.send(page("review-freeze", review.uid), form | {"reason": "lần hai"})

    edition = Edition.objects.get()
    shown = text_of(thach.look(page("edition", edition.uid)))
    assert "Tính lại từ những gì đã chốt: 11 số, từ 2 số liệu gốc, đều đúng như đã in." in shown
    again = thach.send(page("review-freeze", review.uid), {"client_key": str(key())}, status=422)
    assert "Nêu lý do lập bản chốt mới." in text_of(again)
    same = {"client_key": str(key()), "reason": "In lại"}
    assert "không chốt thêm" in text_of(
        thach.send(page("review-freeze", review.uid), same, status=409)
    )


def test_a_frozen_number_leads_to_its_figures(review, cast):
    edition = freeze(review, user=cast.thach)

    shown = text_of(Visit(cast.chi).look(page("edition-number", edition.uid, number=4)))

    assert "Tháng 7/2024: 1.260 hộ" in shown
    (figure, _other) = re.findall(r"/figures/[0-9a-f-]{36}/", shown)
    assert "700" in text_of(Visit(cast.chi).look(figure))
    Visit(cast.chi).look(page("edition-number", edition.uid, number=400), status=404)
    Visit(cast.mai).look(page("edition-number", edition.uid, number=4), status=404)


def test_a_sign_that_no_print_has_is_named_and_nothing_is_frozen(review, cast):
    write(review.sections.get(place=6), "Tăng ＜5%", user=cast.chi)
    chi = Visit(cast.chi)

    answer = chi.client.get(page("review-draft", review.uid, ending="pdf"), follow=True)
    frozen = Visit(cast.thach).send(
        page("review-freeze", review.uid), {"client_key": str(key())}, status=409
    )

    assert "Không in được ký tự “＜”" in text_of(answer)
    assert "Không in được ký tự “＜”" in text_of(frozen)
    assert not Edition.objects.exists()


def test_what_numbers_are_made_of_opens_to_those_alone_who_may_see_each_row(review, cast):
    edition = freeze(review, user=cast.thach)
    reads = make_officer(cast.city, actions=[Action.READ_REVIEW, Action.READ_TARGET])
    reader = Visit(reads)

    shown = text_of(reader.look(page("edition-number", edition.uid, number=4)))

    assert "Số liệu cấu thành chỉ hiển thị" in shown and "/figures/" not in shown
    assert cast.sen_tay.name_vi not in shown
    assert "1.260 hộ" in text_of(reader.look(page("edition", edition.uid)))
    assert ".json" not in text_of(reader.look(page("edition", edition.uid)))
    reader.look(page("edition-file", edition.uid, ending="pdf"))
    reader.look(page("edition-file", edition.uid, ending="json"), status=403)


def test_a_total_of_a_place_above_opens_to_nobody_below(paper, cast):
    july = make_period()
    families = set_target(paper, owed_to=cast.city, user=cast.chi)
    told = {cast.sen_tay: 700, cast.dong_gao: 560}
    tell(families, told, period=july, entered_by=cast.chi, user=cast.thach)
    below = make_review(paper, unit=cast.ho_sen, period=july, user=cast.chi)
    quoted = quote_number(
        review_id=below.pk,
        source=Source.TARGET,
        aspect=Aspect.VALUE,
        target=families,
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    write(below.sections.get(place=6), f"Thành phố: [#{quoted.number}].", user=cast.chi)
    edition = freeze(below, user=cast.thach)
    where = page("edition-number", edition.uid, number=quoted.number)

    assert cast.dong_gao.name_vi in text_of(Visit(cast.chi).look(where))
    shown = text_of(Visit(cast.ha).look(where))

    assert "1.260 hộ" in shown
    assert cast.dong_gao.name_vi not in shown and "/figures/" not in shown
    Visit(cast.ha).look(page("edition-file", edition.uid, ending="json"), status=403)


def test_its_files_are_handed_out_as_they_were_frozen(review, cast):
    Review.objects.filter(pk=review.pk).update(number="12", symbol="BC-UBND")
    edition = freeze(review, user=cast.thach)
    chi = Visit(cast.chi)

    for ending, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        answer = chi.look(page("edition-file", edition.uid, ending=ending))
        assert answer.content.startswith(begins)
        kept = answer["Content-Disposition"]
        assert f'filename="Bao cao 12-BC-UBND thang 7-2024 ban chot 1.{ending}"; filename*=' in kept
        assert unquote(kept).endswith(f"Báo cáo 12-BC-UBND tháng 7-2024 bản chốt 1.{ending}")
        draft = chi.look(page("review-draft", review.uid, ending=ending))
        assert draft.content.startswith(begins)
        assert f"thang 7-2024 du thao.{ending}" in draft["Content-Disposition"]
    numbers = chi.look(page("edition-file", edition.uid, ending="json")).content.decode()
    assert numbers == edition.numbers
    assert json.loads(numbers)["numbers"][3]["exact"] == "1260"
    Visit(cast.mai).look(page("review-draft", review.uid, ending="pdf"), status=404)


def test_a_stranger_with_a_print_learns_what_stands_on_it_and_no_more(review, cast):
    edition = freeze(review, user=cast.thach)
    stranger = Visit()

    shown = text_of(stranger.look(page("verify", edition.uid)))

    assert edition.numbers_sha256 in shown and edition.pdf.sha256 in shown
    assert review.about not in shown and "1.260" not in shown
    assert stranger.client.get(page("edition", edition.uid)).status_code == 302
    write(review.sections.get(place=6), "Thiếu người.", user=cast.chi)
    freeze(review, user=cast.thach, reason="Nêu nguyên nhân")
    assert "Đã được thay bằng bản chốt số 2" in text_of(stranger.look(page("verify", edition.uid)))
    stranger.look(page("verify", key()), status=404)


def test_marks_of_the_other_system_are_named_and_nothing_is_frozen(review, cast):
    Review.objects.filter(pk=review.pk).update(capacity="T/M BAN THƯỜNG VỤ")
    thach = Visit(cast.thach)

    sent = {"client_key": str(key())}
    answer = thach.send(page("review-freeze", review.uid), sent, status=409)

    assert "T/M" in text_of(answer)
    assert not Edition.objects.exists()
    draft = thach.client.get(page("review-draft", review.uid, ending="pdf"))
    assert draft.status_code == 303
