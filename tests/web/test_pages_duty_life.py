"""The life of a duty at its pages: each step by a form, nobody overtaken unawares, files served."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent, Evidence
from lotrinh.apps.files.models import Blob, Declaration
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.duty_states import DutyState, Step
from lotrinh.web.pages.steps import OFFERED
from lotrinh.web.presenters.life import NOT_OFFERED
from tests.architecture.walking import walked, way_to
from tests.cast import Cast
from tests.factories import NOW, TODAY, act, an_assignment, key, make_duty
from tests.web.visiting import Visit, text_of

PHOTO = b"\xff\xd8\xff\xe0" + b"anh hien truong" * 40


@pytest.fixture
def duty(cast: Cast) -> Duty:
    """Let Hồ Sen owe a plan to the city."""
    words = replace(an_assignment(cast.ho_sen, cast.person(cast.ha)), due=date(2024, 9, 29))
    return make_duty(owed_to=cast.city, user=cast.chi, assignment=words, is_issued=True)


def path_of(duty: Duty, page: str) -> str:
    return f"/duties/{duty.uid}/{page}/"


def sent(duty: Duty, **words: Any) -> dict[str, Any]:
    return {"client_key": str(key()), "version": Duty.objects.get(pk=duty.pk).version, **words}


def take(visit: Visit, duty: Duty, step: str, *, status: int = 303, **words: Any) -> Any:
    return visit.send(path_of(duty, f"step/{step}"), sent(duty, **words), status=status)


def state(duty: Duty) -> str:
    return Duty.objects.get(pk=duty.pk).state


def offered(visit: Visit, duty: Duty) -> set[str]:
    return {one.code for one in visit.look(path_of(duty, "")[:-1]).context["offers"]}


def test_every_step_has_a_page() -> None:
    assert OFFERED | NOT_OFFERED | {Step.REPORT, Step.CLAIM} == set(Step)


def test_the_page_asks_for_all_that_its_steps_take() -> None:
    taken = {name for step in OFFERED for name in services.TAKES[step]}

    assert taken == {"until", "unit", "person"}


def test_a_duty_is_accepted_reported_claimed_and_verified_by_forms(cast: Cast, duty: Duty) -> None:
    ha, chi = Visit(cast.ha), Visit(cast.chi)

    take(ha, duty, "accept")
    ha.send(
        path_of(duty, "report"), sent(duty, percent="40", note="Đã họp", obstacle="Thiếu người")
    )
    ha.send(path_of(duty, "report"), sent(duty, done="on", note="Kế hoạch số 12"))
    take(chi, duty, "verify")

    done = Duty.objects.get(pk=duty.pk)
    assert (done.state, done.claimed_by, done.verified_by) == ("done", cast.ha, cast.chi)
    page = text_of(chi.look(f"/duties/{duty.uid}/"))
    for told in ("Đã họp", "40%", "Thiếu người", "Kế hoạch số 12", "Phan Thu Hà"):
        assert told in page


def test_each_is_offered_what_his_side_takes(cast: Cast, duty: Duty) -> None:
    ower = {"accept", "refuse", "report", "ask", "hand"}

    assert offered(Visit(cast.ha), duty) == ower
    assert offered(Visit(cast.thach), duty) == {
        "suspend",
        "cancel",
        "transfer",
        "instruct",
        "remind",
    }
    assert offered(Visit(cast.nghiem), duty) == set()
    told = text_of(Visit(cast.nghiem).look(f"/duties/{duty.uid}/"))
    assert "Phó Bí thư" in told  # who may


WHOSE_TURN = {
    DutyState.ISSUED: ({"ha"}, "accept"),
    DutyState.ACCEPTED: ({"ha"}, "report"),
    DutyState.RETURNED: ({"ha"}, "report"),
    DutyState.REFUSING: ({"chi", "thach"}, "release"),
    DutyState.CLAIMED: ({"chi", "thach"}, "verify"),
    DutyState.CONTESTED: ({"thach"}, "overrule"),  # Chi has returned it
    DutyState.SUSPENDED: (set(), ""),
    DutyState.DONE: (set(), ""),
    DutyState.REFUSED: (set(), ""),
    DutyState.CANCELLED: (set(), ""),
}
"""By state who of the cast is to move and how: Hồ Sen owes it to the city."""


@pytest.mark.parametrize("where", WHOSE_TURN)
def test_one_button_stands_out_and_only_for_whose_turn_it_is(cast: Cast, where: DutyState) -> None:
    duty = walked(cast, way_to(where))
    names, step = WHOSE_TURN[where]
    first: dict[str, list[str]] = {}

    for name, user in cast.named_users().items():
        page = Visit(user).client.get(f"/duties/{duty.uid}/")
        if page.status_code == 200:
            found = [one.code for one in page.context["offers"] if one.is_first]
            shown = re.findall(r'class="usa-button(?: lt-btn--row)?"', text_of(page))
            assert len(shown) == len(found)
            first[name] = found

    assert {name: found for name, found in first.items() if found} == {one: [step] for one in names}
    assert {"chi", "thach", "ha", "nghiem"} <= first.keys()


def test_who_oversees_takes_the_steps_of_the_unit_in_its_place(cast: Cast, duty: Duty) -> None:
    own = Visit(cast.ha).look(f"/duties/{duty.uid}/")
    above = Visit(cast.chi).look(f"/duties/{duty.uid}/")

    assert own.context["in_place"] == []
    assert {one.code for one in above.context["in_place"]} == {
        "accept",
        "refuse",
        "report",
        "ask",
        "hand",
    }
    assert "Thay Quận Hồ Sen" in text_of(above)
    assert "Thay Quận Hồ Sen" not in text_of(own)
    buttons = re.findall(r'<a class="usa-button[^"]*" href="([^"]+)"', text_of(above))
    assert path_of(duty, "report") not in buttons
    assert path_of(duty, "step/accept") not in buttons


def test_what_others_do_is_refused_and_hidden_is_missing(cast: Cast, duty: Duty) -> None:
    for step in ("verify", "suspend", "instruct"):
        take(Visit(cast.ha), duty, step, status=403, note="x", number="1")
    for step in ("accept", "refuse"):
        take(Visit(cast.thach), duty, step, status=403, note="x")
        take(Visit(cast.khe), duty, step, status=404, note="x")
    Visit(cast.thach).look(path_of(duty, "report"), status=403)
    Visit(cast.khe).look(path_of(duty, "report"), status=404)
    Visit(cast.ha).look(path_of(duty, "explain"), status=403)
    Visit(cast.khe).look(path_of(duty, "explain"), status=404)
    Visit(cast.ha).look(path_of(duty, "step/nothing"), status=404)
    assert DutyEvent.objects.filter(duty=duty).count() == 1


def test_who_claimed_is_told_before_the_click_that_another_verifies(cast: Cast, duty: Duty) -> None:
    chi = Visit(cast.chi)
    chi.send(path_of(duty, "report"), sent(duty, done="on", note="Kế hoạch số 12"))

    offers = {one.code: one for one in chi.look(f"/duties/{duty.uid}/").context["offers"]}
    refused = take(chi, duty, "verify", status=422)

    assert offers["verify"].refused_text
    assert not offers["remind"].refused_text
    assert offers["verify"].refused_text in text_of(refused)
    assert state(duty) == "claimed"


def test_a_reason_is_asked_for_and_what_was_typed_stays(cast: Cast, duty: Duty) -> None:
    take(Visit(cast.ha), duty, "refuse", status=422)
    shown = take(Visit(cast.ha), duty, "ask", status=422, due="31/13/2024", note="Thiếu số liệu")

    assert "Thiếu số liệu" in text_of(shown)
    assert state(duty) == "issued"


def test_somebody_faster_is_named_and_what_was_typed_goes_on(cast: Cast, duty: Duty) -> None:
    form = sent(duty, note="Chưa có phụ lục")
    take(Visit(cast.ha), duty, "accept")

    shown = Visit(cast.thach).send(path_of(duty, "step/instruct"), form, status=409)

    page = text_of(shown)
    assert "Phan Thu Hà" in page
    assert "Chưa có phụ lục" in page
    again = shown.context["form"].data
    Visit(cast.thach).send(
        path_of(duty, "step/instruct"),
        {name: again[name] for name in ("client_key", "version", "note")},
    )
    assert DutyEvent.objects.get(duty=duty, step="instruct").note == "Chưa có phụ lục"


def test_a_step_that_is_closed_meanwhile_says_by_whom(cast: Cast, duty: Duty) -> None:
    Visit(cast.ha).send(path_of(duty, "report"), sent(duty, done="on", note="Xong"))
    form = sent(duty, note="")
    take(Visit(cast.chi), duty, "verify")

    shown = Visit(cast.thach).send(path_of(duty, "step/verify"), form, status=409)

    assert "Trần Mộc Chi" in text_of(shown)
    assert not shown.context["is_still_open"]


def test_the_same_form_twice_is_one_step(cast: Cast, duty: Duty) -> None:
    form, ha = sent(duty), Visit(cast.ha)

    for _again in range(2):
        ha.send(path_of(duty, "step/accept"), form)

    assert DutyEvent.objects.filter(duty=duty, step="accept").count() == 1


def test_more_time_is_asked_and_granted_and_the_original_stays(cast: Cast, duty: Duty) -> None:
    take(Visit(cast.ha), duty, "ask", due="15/10/2024", note="Chờ số liệu")
    asked = Visit(cast.chi).look(path_of(duty, "step/extend"))
    form = sent(duty, due=asked.context["form"].initial["due"])
    for _again in range(2):  # twice: the second is no further extension
        Visit(cast.chi).send(path_of(duty, "step/extend"), form)

    held = Duty.objects.get(pk=duty.pk)
    assert (held.due, held.approved_due, held.extensions) == (
        date(2024, 9, 29),
        date(2024, 10, 15),
        1,
    )
    assert "15/10/2024" in text_of(Visit(cast.ha).look(f"/duties/{duty.uid}/"))


def test_a_document_suspends_by_its_number(cast: Cast, duty: Duty) -> None:
    number = duty.sources.get().rendition.document.number
    take(Visit(cast.thach), duty, "suspend", status=422, note="Chờ", number="999-QĐ/TU")
    take(Visit(cast.thach), duty, "suspend", note="Chờ ý kiến", number=number)

    assert state(duty) == "suspended"
    assert number in text_of(Visit(cast.ha).look(f"/duties/{duty.uid}/"))


def test_a_duty_is_handed_and_transferred_by_names(cast: Cast, duty: Duty) -> None:
    take(Visit(cast.ha), duty, "hand", person="Phan Thu Hà")
    take(
        Visit(cast.chi),
        duty,
        "transfer",
        unit="Huyện Đồng Gạo",
        person="Lê Minh Khê",
        note="Đúng thẩm quyền",
    )

    held = Duty.objects.get(pk=duty.pk)
    assert (held.unit, held.person, held.state) == (
        cast.dong_gao,
        cast.person(cast.khe),
        "issued",
    )


# --- files


def reported(visit: Visit, duty: Duty, content: bytes, *, status: int = 303, **words: Any) -> Any:
    file = SimpleUploadedFile(words.pop("name", "anh.jpg"), content)
    return visit.send(path_of(duty, "report"), sent(duty, file=file, **words), status=status)


def test_a_photograph_waits_for_its_declaration_and_is_served_as_a_file(
    cast: Cast, duty: Duty
) -> None:
    ha = Visit(cast.ha)

    refused = reported(ha, duty, PHOTO, status=422, note="Đã trồng xong hàng cây")
    assert "Đã trồng xong hàng cây" in text_of(refused)
    assert not Blob.objects.filter(media_type="image/jpeg").exists()
    reported(ha, duty, PHOTO, note="Đã trồng xong hàng cây", declared="on")

    kept = Evidence.objects.get()
    path = f"/evidence/{kept.uid}/"
    given = ha.look(path)
    assert (given.content, given["Content-Type"]) == (PHOTO, "image/jpeg")
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"
    assert Declaration.objects.get(blob=kept.blob).declared_by == cast.ha
    assert path in text_of(Visit(cast.thach).look(f"/duties/{duty.uid}/"))
    Visit(cast.khe).look(path, status=404)
    Visit(cast.an).look(path, status=404)


def test_a_file_with_a_mark_leaves_who_when_and_its_hash_alone(cast: Cast, duty: Duty) -> None:
    before = Blob.objects.count()
    secret = "MẬT\n\nBÁO CÁO\nKết quả thực hiện nhiệm vụ".encode()

    refused = reported(Visit(cast.ha), duty, secret, status=422, name="bc.txt", note="Báo cáo quý")

    assert "Báo cáo quý" in text_of(refused)
    assert (Blob.objects.count(), Evidence.objects.count()) == (before, 0)
    assert Entry.objects.filter(verb="text.refused_secret").count() == 1
    assert state(duty) == "issued"


def test_who_verifies_reads_the_claim_and_its_files_where_he_judges(cast: Cast, duty: Duty) -> None:
    reported(Visit(cast.ha), duty, PHOTO, declared="on", name="anh.jpg")
    Visit(cast.ha).send(path_of(duty, "report"), sent(duty, done="on", note="Kế hoạch số 12"))

    judged = Visit(cast.chi).look(path_of(duty, "step/verify")).context["judged"]
    reminded = Visit(cast.chi).look(path_of(duty, "step/remind")).context["judged"]

    assert [(one.note, [file.name for file in one.files]) for one in judged] == [
        ("Kế hoạch số 12", []),
        ("", ["anh.jpg"]),
    ]
    assert reminded == ()


def test_the_deadlines_stand_where_it_is_decided(cast: Cast, duty: Duty) -> None:
    def told(user: User, page: str) -> tuple[date | None, date | None]:
        shown = Visit(user).look(path_of(duty, page)).context["deadline"]
        return shown.on, shown.original_on

    first, second = date(2024, 9, 29), date(2024, 10, 31)
    assert told(cast.ha, "step/ask") == (first, None)
    take(Visit(cast.ha), duty, "ask", due="31/10/2024", note="Chờ số liệu")
    assert told(cast.chi, "step/extend") == (first, None)
    take(Visit(cast.chi), duty, "extend", due="31/10/2024")

    for page in ("step/ask", "report"):
        assert told(cast.ha, page) == (second, first)
    Visit(cast.ha).send(path_of(duty, "report"), sent(duty, done="on", note="Kế hoạch số 12"))
    assert told(cast.chi, "step/verify") == (second, first)
    page = text_of(Visit(cast.chi).look(path_of(duty, "step/verify")))
    assert 'datetime="2024-10-31"' in page
    assert "hạn ban đầu 29/9/2024" in page


def test_a_claim_without_a_deliverable_is_refused(cast: Cast, duty: Duty) -> None:
    Visit(cast.ha).send(path_of(duty, "report"), sent(duty, done="on"), status=422)
    Visit(cast.ha).send(path_of(duty, "report"), sent(duty), status=422)
    Visit(cast.ha).send(path_of(duty, "report"), sent(duty, percent="101"), status=422)

    assert state(duty) == "issued"


def test_my_work_has_a_button_to_report(cast: Cast, duty: Duty) -> None:
    door = path_of(duty, "report")

    assert door in text_of(Visit(cast.ha).look(f"/units/{cast.ho_sen.uid}/"))
    assert door not in text_of(Visit(cast.chi).look(f"/units/{cast.ho_sen.uid}/"))


# --- explanations


def test_an_explanation_is_a_duty_shown_on_both_pages(cast: Cast, duty: Duty) -> None:
    thach = Visit(cast.thach)
    form = {"client_key": str(key()), "note": "Vì sao chậm?", "due": "15/8/2024"}
    thach.send(path_of(duty, "explain"), {**form, "due": "1/8/2024"}, status=422)
    for _again in range(2):
        thach.send(path_of(duty, "explain"), form)

    asked = Duty.objects.get(kind="explanation")
    assert (asked.superior, asked.unit, asked.state) == (duty, cast.ho_sen, "issued")
    assert f"/duties/{asked.uid}/" in text_of(Visit(cast.ha).look(f"/duties/{duty.uid}/"))
    shown = text_of(Visit(cast.ha).look(f"/duties/{asked.uid}/"))
    assert f"/duties/{duty.uid}/" in shown
    assert "Vì sao chậm?" in shown


def test_the_page_of_a_long_life_costs_few_queries(cast: Cast, duty: Duty) -> None:
    for percent in range(10):
        services.report_progress(
            duty_id=duty.pk,
            act=act(
                cast.ha, Duty.objects.get(pk=duty.pk).version, at=NOW + timedelta(minutes=percent)
            ),
            percent=percent,
        )
    number = duty.sources.get().rendition.document.number
    take(Visit(cast.thach), duty, "suspend", note="Chờ ý kiến", number=number)

    for user in (cast.chi, cast.ha, cast.nghiem):
        assert Visit(user).cost(f"/duties/{duty.uid}/") <= 20
    assert Visit(cast.chi).cost(path_of(duty, "step/resume")) <= 20


def test_a_form_in_flight_when_the_duty_moved_is_told_so_and_keeps_the_words(
    cast: Cast, duty: Duty
) -> None:
    ha, form = Visit(cast.ha), sent(duty, percent="40", note="Đã họp hai lần")
    services.transfer_duty(
        duty_id=duty.pk,
        act=act(cast.chi, duty.version, note="giao lại"),
        unit=cast.dong_gao,
        person=cast.person(cast.khe),
    )

    told = ha.send(path_of(duty, "report"), form, status=410)
    ha.look(path_of(duty, "step/accept"), status=410)

    assert told.context["since"] == TODAY
    assert "Đã họp hai lần" in text_of(told)
    assert "Đồng Gạo" not in text_of(told)
    Visit(cast.mai).send(path_of(duty, "report"), form, status=404)
    ha.look(f"/duties/{duty.uid}/", status=404)
