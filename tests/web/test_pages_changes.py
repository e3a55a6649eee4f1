"""The wizard of the organisation and the pages of a tree through time, without a script."""

from datetime import date

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.apps.units.models import Change, Placement
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, key, make_duty, make_unit
from tests.web.visiting import Visit, text_of

BASIS = "Nghị quyết số 12/NQ-HĐND ngày 1/9/2024"


def form_of(unit, kind):
    return f"/units/{unit.uid}/change/{kind}/"


def said(**words):
    return {"client_key": str(key()), "day": "1/10/2024", "legal_basis": BASIS, **words}


def confirm(visit, path, words):
    """Look at what would happen, then confirm exactly that."""
    shown = visit.send(path, words, status=200)
    return visit.send(path, {**words, "confirm": shown.context["form"].said})


def test_what_is_so_already_is_no_change(cast: Cast) -> None:
    visit = Visit(cast.chi)
    same = {"name_vi": "Phường Sen Tây", "name_en": "Sen Tay Ward"}

    visit.send(form_of(cast.sen_tay, "rename"), said(**same), status=422)
    visit.send(form_of(cast.sen_tay, "move"), said(parent="Quận Hồ Sen"), status=422)


def test_a_change_is_shown_before_it_is_made_and_made_once(cast: Cast) -> None:
    visit = Visit(cast.chi)
    words = said(name_vi="Phường Sen Đông", name_en="Sen Dong Ward")
    path = form_of(cast.sen_tay, "rename")

    shown = visit.send(path, words, status=200)
    assert "Phường Sen Đông" in text_of(shown)
    assert not Change.objects.exists()

    other = {**words, "name_vi": "Phường Khác", "confirm": shown.context["form"].said}
    assert "Phường Khác" in text_of(visit.send(path, other, status=200))
    assert not Change.objects.exists()
    made = confirm(visit, path, words)
    again = visit.send(path, {**words, "confirm": "1"})
    assert made["Location"] == again["Location"]
    assert Change.objects.count() == 1
    page = visit.look(made["Location"])
    assert page.context["may_undo"] is True
    assert [line.text for line in page.context["lines"]] == ["từ đó mang tên “Phường Sen Đông”"]

    visit.send(f"{made['Location']}undo/", {})
    assert visit.look(made["Location"]).context["change"].is_undone is True
    place = units.place_of(unit_id=cast.sen_tay.pk, on=date(2024, 10, 1))
    assert place is not None and place.name_vi == "Phường Sen Tây"


def test_abolishing_says_what_goes_to_the_receiver(cast: Cast) -> None:
    given = {"owed_to": cast.office, "user": cast.chi}
    make_duty(
        assignment=an_assignment(cast.sen_tay, cast.person(cast.mai)), is_issued=True, **given
    )
    visit = Visit(cast.chi)
    words = said(receiver="Huyện Đồng Gạo")

    shown = visit.send(form_of(cast.sen_tay, "abolish"), words, status=200).context["preview"]

    assert (shown.owed, shown.posts, shown.is_past) == (1, 1, False)
    made = confirm(visit, form_of(cast.sen_tay, "abolish"), words)
    assert "Phường Sen Tây" in text_of(visit.look(made["Location"]))
    later = visit.look(f"/units/{cast.dong_gao.uid}/?on=1/10/2024")
    assert later.context["open"] == 1
    assert later.context["bands"][0].rows[0].sub_text == "tiếp nhận từ Phường Sen Tây"
    ended = visit.look(f"/units/{cast.sen_tay.uid}/?on=1/10/2024")
    assert ended.context["answerer"].name == "Huyện Đồng Gạo"
    before = visit.look(f"/units/{cast.dong_gao.uid}/?on=30/9/2024")
    assert before.context["open"] == 0


def test_what_cannot_be_is_said_with_the_cure_and_nothing_is_written(cast: Cast) -> None:
    visit = Visit(cast.chi)
    before = list(Placement.objects.order_by("pk").values())
    new = {"name_vi": "A", "name_en": "B", "kind": "commune"}
    refused = {
        ("ho_sen", "abolish"): said(receiver="Huyện Đồng Gạo"),
        ("ho_sen", "move"): said(parent="Phường Sen Tây"),
        ("sen_tay", "abolish"): said(receiver="Phường Sen Tây"),
        ("sen_tay", "move"): said(parent="Phường Không Có"),
        ("sen_tay", "rename"): said(name_vi="A", name_en="B", day="32/1/2025"),
        ("dong_gao", "rename"): said(name_vi="A", name_en="B", legal_basis=""),
        ("dong_gao", "establish"): said(**new, code="Xã Mới"),
        ("ho_sen", "establish"): said(
            name_vi="A", name_en="B", kind="commune", code="phuong-sen-tay"
        ),
    }

    for (unit, kind), words in refused.items():
        for confirmed in ({}, {"confirm": "1"}):
            answer = visit.send(
                form_of(getattr(cast, unit), kind), {**words, **confirmed}, status=422
            )
            assert answer.context["form"].errors, (unit, kind)

    assert list(Placement.objects.order_by("pk").values()) == before
    assert not Change.objects.exists()


def test_a_new_unit_stands_from_its_day(cast: Cast) -> None:
    words = said(name_vi="Phường Mới", name_en="Moi Ward", kind="commune", code="phuong-moi")

    confirm(Visit(cast.chi), form_of(cast.ho_sen, "establish"), words)

    names = [
        unit.name_vi for unit in units.children_of(unit_id=cast.ho_sen.pk, on=date(2024, 10, 1))
    ]
    assert names == ["Phường Mới", "Phường Sen Tây"]
    assert len(units.children_of(unit_id=cast.ho_sen.pk, on=date(2024, 9, 30))) == 1


def test_the_slider_stops_where_the_tree_changed(cast: Cast) -> None:
    visit = Visit(cast.an)

    marks = visit.look("/units/").context["marks"]

    days = [(mark.day, mark.is_today, mark.is_here) for mark in marks]
    assert days == [
        (date(2008, 8, 1), False, False),
        (date(2024, 1, 1), False, False),
        (TODAY, True, True),
    ]
    moved = visit.look("/units/?at=1&on=2024-08-07")
    assert moved.context["on"] == date(2024, 1, 1)
    compared = visit.look("/units/?on=2024-01-01&since=31/12/2023").context["differences"]
    assert [(one.code, one.count, one.units[0].name) for one in compared] == [
        ("gone", 1, "Phường Sen Cũ")
    ]


def test_a_large_tree_is_folded_and_opened_by_a_link(cast: Cast) -> None:
    for _each in range(160):
        make_unit(parent=cast.dong_gao)
    visit = Visit(cast.chi)

    folded = visit.look("/units/").context["branches"]

    row = next(branch for branch in folded if branch.node.uid == cast.dong_gao.uid)
    assert row.folded == 160
    opened = visit.look(row.url.split("#")[0]).context["branches"]
    assert len(opened) == len(folded) + 160
    assert len(visit.look("/units/?open=all").context["branches"]) == 165


def test_a_unit_is_found_without_marks_on_any_day(cast: Cast) -> None:
    found = Visit(cast.an).look("/units/?q=phuong+sen").context["found"]

    assert [(unit.name, unit.note) for unit in found] == [
        ("Phường Sen Cũ", "Quận Hồ Sen, kết thúc 1/1/2024"),
        ("Phường Sen Tây", "Quận Hồ Sen"),
    ]


def test_only_who_may_sees_the_way_into_the_wizard(cast: Cast) -> None:
    assert Visit(cast.chi).look(f"/units/{cast.sen_tay.uid}/").context["may_change"] is True
    assert Visit(cast.mai).look(f"/units/{cast.sen_tay.uid}/").context["may_change"] is False
    Visit(cast.mai).look(form_of(cast.sen_tay, "rename"), status=403)
    Visit(cast.chi).look(form_of(cast.sen_tay, "merge"), status=404)


def test_the_unit_of_the_last_who_defines_roles_is_not_even_offered_to_end(cast: Cast) -> None:
    visit = Visit(cast.chi)

    answer = visit.send(
        form_of(cast.office, "abolish"), said(receiver="Thành phố Hồ Sen"), status=422
    )

    (told,) = answer.context["form"].non_field_errors()
    assert "không còn ai" in told
    assert not Change.objects.exists()


def test_a_unit_whose_establishment_was_undone_tells_just_that(cast: Cast) -> None:
    visit = Visit(cast.chi)
    words = said(code="phuong-moi", kind="commune", name_vi="Phường Mới", name_en="Moi Ward")
    made = confirm(visit, form_of(cast.ho_sen, "establish"), words)
    unit = units.unit_by_code("phuong-moi")
    assert unit is not None
    assert len(visit.look("/units/?q=phuong+moi").context["found"]) == 1

    visit.send(f"{made['Location']}undo/", {})

    page = visit.look(f"/units/{unit.uid}/")
    (day,) = page.context["story"]
    (line,) = day.lines
    assert (day.day, day.basis, line.basis) == (date(2024, 10, 1), BASIS, "")
    assert "chưa bao giờ" in line.text and line.text in text_of(page)
    assert not visit.look("/units/?q=phuong+moi").context["found"]
    again = said(code="phuong-moi", kind="commune", name_vi="Phường Mới", name_en="Moi Ward")
    confirm(visit, form_of(cast.ho_sen, "establish"), again)


def test_changes_come_page_by_page_planned_and_past(cast: Cast) -> None:
    visit = Visit(cast.chi)
    few = visit.cost("/changes/")
    for number in range(60):
        for day in (date(2015, 1, 1), date(2030, 1, number % 28 + 1)):
            services.rename_unit(
                unit=make_unit(parent=cast.dong_gao),
                name_vi=f"Khối {number}",
                name_en=f"Block {number}",
                day=day,
                legal_basis="Nghị quyết số 3",
                user=cast.chi,
                on=TODAY,
                at=NOW,
            )

    first = visit.look("/changes/")
    pages = {
        name: [first.context[name], visit.look(first.context[name]["next_url"]).context[name]]
        for name in ("planned", "past")
    }

    assert first.context["totals"] == {"planned": 60, "past": 60}
    for name, (one, other) in pages.items():
        assert [len(page["rows"]) for page in (one, other)] == [50, 10]
        assert other["next_url"] is None
        rows = [row for page in (one, other) for row in page["rows"]]
        assert len({row.uid for row in rows}) == 60
        days = [row.day for row in rows]
        assert days == sorted(days, reverse=name == "past")
    second = visit.look(first.context["past"]["next_url"])
    assert not second.context["planned"]["is_shown"]
    assert (
        visit.cost("/changes/") == few + 6
    )  # of both lists the units, what became what, old names


def test_the_list_says_what_became_what(cast: Cast) -> None:
    visit = Visit(cast.chi)
    new = {"name_vi": "Phường Sen Đông", "name_en": "Sen Dong Ward"}
    confirm(visit, form_of(cast.sen_tay, "rename"), said(**new))
    confirm(
        visit,
        form_of(cast.sen_tay, "abolish"),
        said(receiver="Huyện Đồng Gạo", day="1/11/2024"),
    )

    for language, old, anew in (
        ("vi", "Phường Sen Tây", "Phường Sen Đông"),
        ("en", "Sen Tay Ward", "Sen Dong Ward"),
    ):
        visit.send("/language/", {"language": language, "next": "/"}, status=302)
        rows = visit.look("/changes/").context["planned"]["rows"]
        assert [[unit.name for unit in row.went] for row in rows] == [[old], [old]]
        assert [unit.name for unit in rows[0].into] == [anew]
        assert [unit.url for unit in rows[1].into] == [f"/units/{cast.dong_gao.uid}/?on=2024-11-01"]
    assert visit.cost("/changes/") <= 20


def test_the_comparison_of_two_days_says_what_became_what(cast: Cast) -> None:
    visit = Visit(cast.chi)
    words = said(receiver="Huyện Đồng Gạo", day="1/11/2024")
    confirm(visit, form_of(cast.sen_tay, "abolish"), words)

    def notes(query: str) -> list[tuple[str, str, str]]:
        found = visit.look(f"/units/?{query}").context["differences"]
        return [(one.code, unit.name, unit.note) for one in found for unit in one.units]

    told = ("Phường Sen Tây", "thành Huyện Đồng Gạo")
    assert notes("since=2024-10-31&on=2024-11-01") == [("gone", *told)]
    assert notes("since=2024-11-01&on=2024-10-31") == [("come", *told)]
