"""Carrying down on the pages: shown before it is done, taken back, broken down, shared."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import override_settings
from django.urls import reverse

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.parts import Part
from tests.factories import (
    NOW,
    TODAY,
    act,
    an_assignment,
    appoint,
    key,
    make_duty,
    make_post,
    make_tree,
    make_unit,
)
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with override_settings(LOTRINH_TODAY=TODAY):
        yield


@pytest.fixture
def group(cast):
    empty = make_unit("phuong-trong", parent=cast.dong_gao, kind="commune", name_vi="Phường Trống")
    choice = Choice(
        name_vi="Quận, phường",
        name_en="Districts, wards",
        tree=make_tree(),
        added=[cast.ho_sen, cast.dong_gao, cast.sen_tay, empty],
    )
    return save_group(code="quan-phuong", choice=choice, actor=SYSTEM, at=NOW)


@pytest.fixture
def draft(cast):
    return make_duty(owed_to=cast.city, user=cast.chi)


def spread_form(duty, **said):
    return {
        "client_key": str(key()),
        "version": duty.version,
        "group": "quan-phuong",
        "as_of": "7/8/2024",
        **said,
    }


def spread_by_page(visit, duty, **said):
    """Send the form, read what it would do, and confirm it."""
    path, words = reverse("duty-spread", args=[duty.uid]), spread_form(duty, **said)
    shown = visit.send(path, words, status=200)
    return shown, visit.send(path, {**words, "confirm": shown.context["form"].said})


def owed(cast):
    person = cast.person(cast.ha)
    return make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=person, is_issued=True
    )


def test_what_is_shown_before_is_what_is_done(cast, group, draft):
    visit = Visit(cast.chi)

    shown, done = spread_by_page(
        visit,
        draft,
        left_out="Phường Sen Tây; đã có kế hoạch",
        own="Huyện Đồng Gạo\t1/12/2024\tBáo cáo",
    )

    assert (shown.context["clear"], shown.context["unclear"]) == (2, 1)
    assert shown.context["shares"][0].name == "Phường Trống"
    assert done.url == reverse("duty", args=[draft.uid])
    children = {part.unit.code: part for part in Duty.objects.filter(superior=draft)}
    assert {code: part.state for code, part in children.items()} == {
        "quan-ho-sen": "issued",
        "huyen-dong-gao": "issued",
        "phuong-trong": "draft",
    }
    assert children["huyen-dong-gao"].due == date(2024, 12, 1)
    assert children["huyen-dong-gao"].deliverable == "Báo cáo"


def test_nothing_is_done_until_what_was_shown_is_confirmed(cast, group, draft):
    visit, path = Visit(cast.chi), reverse("duty-spread", args=[draft.uid])
    shown = visit.send(path, spread_form(draft), status=200)

    visit.send(
        path,
        {
            **spread_form(draft, left_out="Phường Trống; chưa có người"),
            "confirm": shown.context["form"].said,
        },
        status=200,
    )

    assert not draft.parts.exists()


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("left_out", "Phường Sen Tây", "Phường Sen Tây"),
        ("left_out", "Phường Không Có; x", "Phường Không Có"),
        ("own", "Huyện Đồng Gạo; 31/2/2024", "31/2/2024"),
        ("own", "Huyện Đồng Gạo;;;Phan Thu Hà", "Phan Thu Hà"),
        ("group", "khong-co", "khong-co"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_typed_stays(
    cast, group, draft, field, typed, told
):
    answer = Visit(cast.chi).send(
        reverse("duty-spread", args=[draft.uid]), spread_form(draft, **{field: typed}), status=422
    )

    faults = answer.context["form"].errors
    assert list(faults) == [field]
    assert told in str(faults[field])
    assert field == "group" or typed in text_of(answer)


def test_a_unit_outside_the_group_cannot_be_left_out_of_it(cast, group, draft):
    answer = Visit(cast.chi).send(
        reverse("duty-spread", args=[draft.uid]),
        spread_form(draft, left_out="Văn phòng Thành ủy; không thuộc"),
        status=200,
    )

    assert answer.context["strangers"] == ["Văn phòng Thành ủy"]
    assert not answer.context["may_confirm"]


def test_the_page_takes_back_what_nobody_has_acted_on_and_says_who_has(cast, group, draft):
    visit = Visit(cast.chi)
    spread_by_page(visit, draft)
    path = reverse("duty-gather", args=[draft.uid])
    page = text_of(visit.look(reverse("duty", args=[draft.uid])))
    assert f'action="{path}"' in page
    one = Duty.objects.get(superior=draft, unit=cast.dong_gao)
    services.accept_duty(duty_id=one.pk, act=act(cast.khe, 2))

    visit.send(path, {"client_key": str(key()), "version": 2})

    assert "Đồng Gạo" in text_of(visit.look(reverse("duty", args=[draft.uid])))
    assert Duty.objects.get(pk=draft.pk).state == "spread"


def test_one_unit_alone_is_let_go_on_the_page_of_its_duty(cast, group, draft):
    visit = Visit(cast.chi)
    spread_by_page(visit, draft)
    one = Duty.objects.get(superior=draft, unit=cast.dong_gao)
    path = reverse("duty-gather", args=[one.uid])
    assert f'action="{path}"' in text_of(visit.look(reverse("duty", args=[one.uid])))
    assert path not in text_of(Visit(cast.khe).look(reverse("duty", args=[one.uid])))

    visit.send(path, {"client_key": str(key()), "version": 2})

    assert {part.unit.code: part.state for part in draft.parts.all()} == {
        "quan-ho-sen": "issued",
        "huyen-dong-gao": "withdrawn",
        "phuong-sen-tay": "issued",
        "phuong-trong": "draft",
    }


def test_a_carried_duty_shows_how_its_units_stand_and_counts_them(cast, group, draft):
    visit = Visit(cast.chi)
    spread_by_page(visit, draft)

    answer = visit.look(reverse("duty", args=[draft.uid]))

    parts = answer.context["parts"]
    assert (parts.given, parts.issued, parts.done, parts.drafts) == (4, 3, 0, 1)
    assert parts.lacks == (("person", 1),)
    assert "Giao tới <b>4</b> đơn vị" in text_of(answer)
    assert {row.unit_name for row in answer.context["serving"]} == {
        "Quận Hồ Sen",
        "Huyện Đồng Gạo",
        "Phường Sen Tây",
        "Phường Trống",
    }
    assert visit.cost(reverse("duty", args=[draft.uid])) <= 20
    assert visit.cost(reverse("duty-parts", args=[draft.uid])) <= 20


def test_a_draft_with_a_unit_is_no_longer_said_to_be_owed_by_it_once_it_is_carried(cast, group):
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.sen_tay)
    visit = Visit(cast.chi)
    spread_by_page(visit, draft)

    page = text_of(visit.look(reverse("duty", args=[draft.uid])))

    (said,) = re.findall(r'<p class="lt-say">(.*?)</p>', page, re.DOTALL)
    assert "Đã triển khai tới 4 đơn vị của nhóm (đến nay 3 đơn vị phải thực hiện)" in said
    assert "Phường Sen Tây" not in said


def test_each_number_of_a_carried_duty_opens_the_duties_that_it_counts(cast, group, draft):
    visit = Visit(cast.chi)
    spread_by_page(visit, draft)
    one = Duty.objects.get(superior=draft, unit=cast.ho_sen)
    services.claim_duty(duty_id=one.pk, act=act(cast.ha, 2, note="đã nộp"))
    services.verify_duty(duty_id=one.pk, act=act(cast.chi, 3))
    parts = visit.look(reverse("duty", args=[draft.uid])).context["parts"]

    opened = {
        code: [row.unit_name for row in visit.look(url).context["serving"]]
        for code, url in (
            ("issued", parts.issued_url),
            ("done", parts.done_url),
            ("drafts", parts.drafts_url),
        )
    }

    assert {code: len(rows) for code, rows in opened.items()} == {
        "issued": parts.issued,
        "done": parts.done,
        "drafts": parts.drafts,
    }
    assert (opened["done"], opened["drafts"]) == (["Quận Hồ Sen"], ["Phường Trống"])
    assert not parts.is_all_done


def test_the_drafts_of_a_carried_duty_are_given_as_a_file_and_to_nobody_else(cast, group, draft):
    visit = Visit(cast.chi)
    spread_by_page(visit, draft)
    page = visit.look(reverse("duty-parts", args=[draft.uid]) + "?state=draft")

    (url,) = [url for ending, url in page.context["files"] if ending == "csv"]

    lines = b"".join(visit.look(url)).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Phường Trống" in lines[1]
    counted = visit.look(url.replace(".csv", "/"))
    assert counted.context["total"] == 1
    Visit(cast.khe).look(f"{reverse('duties-counted')}?of={draft.uid}", status=404)


def test_once_no_draft_waits_and_all_is_done_the_page_says_so(cast):
    duty = owed(cast)
    made = services.break_down(
        duty_id=duty.pk,
        assignment=replace(
            an_assignment(cast.ho_sen, cast.person(cast.ha)), title="Phần việc riêng"
        ),
        user=cast.ha,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    services.issue_duty(duty_id=made.pk, act=act(cast.chi, 1))
    services.claim_duty(duty_id=made.pk, act=act(cast.ha, 2, note="đã nộp"))
    services.verify_duty(duty_id=made.pk, act=act(cast.chi, 3))

    page = Visit(cast.chi).look(reverse("duty", args=[duty.uid]))

    assert page.context["parts"].is_all_done
    assert "lt-status--done" in text_of(page)


def test_a_document_lists_what_was_carried_once_and_not_for_every_unit(cast, group, draft):
    visit = Visit(cast.chi)
    spread_by_page(visit, draft)
    document = draft.sources.get().rendition.document

    assert len(visit.look(reverse("document", args=[document.uid])).context["commitments"]) == 1
    for officer, owed_below in ((cast.ha, 2), (cast.khe, 1)):
        own = Visit(officer).look(reverse("document", args=[document.uid]))
        assert len(own.context["commitments"]) == owed_below


def test_an_officer_breaks_down_what_his_unit_owes(cast):
    duty, visit = owed(cast), Visit(cast.ha)
    path = reverse("duty-break-down", args=[duty.uid])
    assert list(visit.look(path).context["unit_names"]) == ["Quận Hồ Sen", "Phường Sen Tây"]

    visit.send(
        path,
        {
            "client_key": str(key()),
            "title": "Lập danh sách cán bộ",
            "unit": "Phường Sen Tây",
            "person": "Vũ Thị Mai",
            "due": "1/9/2024",
        },
    )

    made = duty.parts.get()
    assert (made.title, made.unit, made.person) == (
        "Lập danh sách cán bộ",
        cast.sen_tay,
        cast.person(cast.mai),
    )
    page = text_of(visit.look(reverse("duty", args=[made.uid])))
    assert f'href="{reverse("duty", args=[duty.uid])}"' in page


def test_another_unit_cannot_be_named_in_a_break_down(cast):
    duty = owed(cast)

    answer = Visit(cast.chi).send(
        reverse("duty-break-down", args=[duty.uid]),
        {"client_key": str(key()), "title": "Việc", "unit": "Huyện Đồng Gạo"},
        status=422,
    )

    assert "unit" in answer.context["form"].errors
    assert not duty.parts.exists()


def test_a_unit_comes_to_take_part_and_leaves_again(cast):
    duty, visit = owed(cast), Visit(cast.chi)
    visit.send(
        reverse("duty-part-new", args=[duty.uid]),
        {"client_key": str(key()), "unit": "Huyện Đồng Gạo", "part": "advise"},
    )
    page = visit.look(reverse("duty-parts", args=[duty.uid]))
    assert [row.name for row in page.context["taking_part"]] == ["Huyện Đồng Gạo"]
    assert Visit(cast.khe).look(reverse("duty", args=[duty.uid])).status_code == 200

    uid = page.context["taking_part"][0].uid
    visit.send(reverse("duty-part-end", args=[duty.uid]), {"part": str(uid)})

    assert Visit(cast.khe).look(reverse("duty", args=[duty.uid]), status=404)


def test_the_lead_is_refused_as_a_partner_and_the_form_keeps_what_was_typed(cast):
    duty = owed(cast)

    answer = Visit(cast.chi).send(
        reverse("duty-part-new", args=[duty.uid]),
        {"client_key": str(key()), "unit": "Quận Hồ Sen", "part": "urge"},
        status=422,
    )

    assert "unit" in answer.context["form"].errors
    assert "Quận Hồ Sen" in text_of(answer)


@pytest.fixture
def carried(cast, group, draft):
    """Carried on 7/8; Hồ Sen claims on 10/8 and is verified on 12/8; the others have not yet."""
    services.spread_duty(
        duty_id=draft.pk, act=act(cast.chi, 1), carrying=services.Carrying(group=group, as_of=TODAY)
    )
    one = Duty.objects.get(superior=draft, unit=cast.ho_sen)
    claim = act(cast.ha, 2, on=date(2024, 8, 10), note="đã nộp")
    services.claim_duty(duty_id=one.pk, act=claim)
    services.verify_duty(duty_id=one.pk, act=act(cast.chi, 3, on=date(2024, 8, 12)))
    return draft.sources.get().rendition.document


def board(visit, document, **asked):
    found = visit.client.get(reverse("document-cascade", args=[document.uid]), asked)
    assert found.status_code == 200
    return found.context["board"]


def stands(found):
    return {
        row.name: [cell.status.code for _, cells in row.cells for cell in cells]
        for row in found.rows
    }


@pytest.mark.parametrize(
    ("on", "ho_sen", "others"),
    [
        ("2024-08-09", "open", "open"),
        ("2024-08-11", "waiting", "open"),
        ("2024-08-12", "done", "open"),
        ("2024-09-30", "done", "late"),
    ],
)
def test_the_board_shows_how_it_stood_on_any_day(cast, carried, on, ho_sen, others):
    with override_settings(LOTRINH_TODAY=date(2024, 12, 1)):
        found = board(Visit(cast.chi), carried, on=on)

    assert stands(found) == {
        "Quận Hồ Sen": [ho_sen],
        "Huyện Đồng Gạo": [others],
        "Phường Sen Tây": [others],
        "Phường Trống": ["draft"],
    }
    assert (found.total, found.owing, found.draft_units) == (4, 3, 1)
    (parts,) = [column.parts for column in found.columns]
    assert (parts.given, parts.issued, parts.done, parts.drafts) == (4, 3, ho_sen == "done", 1)
    assert parts.lacks == (("person", 1),)


def test_before_it_was_carried_nobody_owed_anything(cast, carried):
    with override_settings(LOTRINH_TODAY=date(2024, 12, 1)):
        assert board(Visit(cast.chi), carried, on="2024-08-06").total == 0


def test_every_number_of_the_board_opens_exactly_its_units(cast, carried):
    with override_settings(LOTRINH_TODAY=date(2024, 12, 1)):
        visit = Visit(cast.chi)
        found = board(visit, carried)
        yet = visit.client.get(found.yet_url).context["board"]
        sums = {
            one.words_text: (one.count, visit.client.get(one.url).context["board"])
            for one in found.columns[0].sums
        }

    assert set(stands(yet)) == {"Huyện Đồng Gạo", "Phường Sen Tây"}
    assert found.open_units == 2
    assert sorted(count for count, _ in sums.values()) == [1, 2]
    for count, opened in sums.values():
        assert (opened.shown, len(opened.rows)) == (count, count)


def test_an_officer_sees_on_the_board_what_he_sees_elsewhere(cast, carried):
    with override_settings(LOTRINH_TODAY=date(2024, 12, 1)):
        assert set(stands(board(Visit(cast.khe), carried))) == {"Huyện Đồng Gạo"}
        assert set(stands(board(Visit(cast.ha), carried))) == {"Quận Hồ Sen", "Phường Sen Tây"}


def test_what_has_been_issued_since_was_a_draft_on_the_board_of_an_earlier_day(cast, carried):
    waiting = Duty.objects.get(superior__isnull=False, state="draft")
    appoint(cast.person(cast.khe), make_post(waiting.unit))
    Duty.objects.filter(pk=waiting.pk).update(person=cast.person(cast.khe))
    services.issue_duty(duty_id=waiting.pk, act=act(cast.chi, 1, on=date(2024, 9, 2)))

    with override_settings(LOTRINH_TODAY=date(2024, 12, 1)):
        before, after = (
            board(Visit(cast.chi), carried, on=day) for day in ("2024-09-01", "2024-09-02")
        )

    assert stands(before)["Phường Trống"] == ["draft"]
    assert stands(after)["Phường Trống"] == ["open"]
    assert (before.owing, after.owing) == (3, 4)


def test_the_units_whose_draft_waits_are_a_list_of_their_own(cast, carried):
    visit = Visit(cast.chi)
    found = board(visit, carried)

    opened = visit.client.get(found.drafts_url).context["board"]

    assert set(stands(opened)) == {"Phường Trống"}
    assert opened.drafts_only
    assert [cell.missing for row in opened.rows for _, cells in row.cells for cell in cells] == [
        ("person",)
    ]


def test_what_a_unit_broke_down_makes_no_column(cast, carried):
    one = Duty.objects.get(superior__isnull=False, unit=cast.sen_tay)
    made = services.break_down(
        duty_id=one.pk,
        assignment=services.Assignment(title="Phần riêng", language="vi", unit=cast.sen_tay),
        user=cast.mai,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )

    found = board(Visit(cast.chi), carried)

    assert made.sources.get().rendition.document == carried
    assert [column.title for column in found.columns] == [one.title]


def test_the_board_costs_few_queries(cast, carried):
    path = reverse("document-cascade", args=[carried.uid])

    assert Visit(cast.chi).cost(path) <= 20
    assert Visit(cast.chi).cost(path + "?on=2024-08-07&yet=1") <= 20


def test_who_takes_part_is_named_on_the_page(cast):
    duty = owed(cast)
    services.assign_part(
        duty_id=duty.pk, unit=cast.dong_gao, part=Part.MONITOR, user=cast.chi, on=TODAY, at=NOW
    )

    page = text_of(Visit(cast.ha).look(reverse("duty", args=[duty.uid])))

    assert re.search(r"Huyện Đồng Gạo</a>\s+\w+", page)
