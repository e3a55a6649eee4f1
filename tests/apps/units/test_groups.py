"""Saved groups: worked out for each day, given another meaning from a day on, ended."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Group
from lotrinh.apps.units.services import Choice
from tests.cast import ABOLISHED_ON, Cast
from tests.factories import NOW, TODAY, key, make_officer, make_tree, make_unit

pytestmark = pytest.mark.django_db
LATER = date(2024, 9, 1)


def choice(**told) -> Choice:
    return Choice(**{"name_vi": "Xã", "name_en": "Communes", "tree": make_tree(), **told})


def saved(**told) -> Group:
    return services.save_group(code="xa", choice=choice(**told), actor=SYSTEM, at=NOW)


def members(on: date, code: str = "xa") -> list[str]:
    group = selectors.group_on(code=code, on=on)
    return [] if group is None else [one.code for one in selectors.members_of(group=group, on=on)]


def given(cast: Cast, **told) -> dict:
    return {"user": cast.chi, "client_key": key(), "on": TODAY, "at": NOW, **told}


def changed(cast: Cast, group: Group, since: date, user=None, **told) -> Group:
    words = given(cast, code="xa", choice=choice(**told), since=since, read=group.version)
    return services.change_group(**{**words, **({"user": user} if user else {})})


@pytest.mark.parametrize(
    ("told", "before", "after"),
    [
        ({"kinds": ["commune"]}, ["phuong-sen-cu", "phuong-sen-tay"], ["phuong-sen-tay"]),
        ({"kinds": ["district"]}, ["huyen-dong-gao", "quan-ho-sen"], None),
        ({"kinds": ["commune", "district"], "below": "dong_gao"}, ["huyen-dong-gao"], None),
        ({"below": "ho_sen"}, ["quan-ho-sen", "phuong-sen-cu", "phuong-sen-tay"], None),
        ({"added": ["sen_cu", "office"]}, ["phuong-sen-cu", "van-phong"], ["van-phong"]),
        ({"kinds": ["district"], "left_out": ["dong_gao"]}, ["quan-ho-sen"], None),
        (
            {"kinds": ["commune"], "below": "dong_gao", "added": ["sen_tay"]},
            ["phuong-sen-tay"],
            None,
        ),
    ],
)
def test_a_group_means_what_stands_on_the_day(cast: Cast, told, before, after):
    for name in ("added", "left_out"):
        if name in told:
            told[name] = tuple(getattr(cast, one) for one in told[name])
    if "below" in told:
        told["below"] = getattr(cast, told["below"])
    saved(**told)

    last = date(2023, 12, 31)
    assert last < ABOLISHED_ON <= TODAY
    assert sorted(members(last)) == sorted(before)
    expected = before if after is None else after
    assert sorted(members(TODAY)) == sorted(one for one in expected if one != "phuong-sen-cu")


def test_a_group_of_another_tree_means_units_of_that_tree(cast: Cast):
    saved(kinds=["department"], tree=make_tree("elections"))

    assert members(TODAY) == ["to-bau-cu"]


def test_another_meaning_begins_on_its_day_and_the_days_before_keep_theirs(cast: Cast):
    first = saved(kinds=["commune"])

    second = changed(cast, first, LATER, kinds=["district"], name_vi="Quận")

    assert members(date(2024, 8, 31)) == ["phuong-sen-tay"]
    assert members(LATER) == ["huyen-dong-gao", "quan-ho-sen"]
    assert [one.name_vi for one in selectors.meanings_of(code="xa")] == ["Quận", "Xã"]
    known = selectors.groups_known(on=TODAY)
    assert [(one.code, one.name_vi) for one in known] == [("xa", "Xã")]
    assert selectors.sizes_of(groups=known, on=TODAY) == {"xa": 1}
    told = Entry.objects.filter(verb="group.defined").order_by("-id").first()
    assert told.object_uid == second.named.uid == first.named.uid


def test_what_is_planned_for_a_day_can_be_said_otherwise_until_it_comes(cast: Cast):
    first = saved(kinds=["commune"])
    second = changed(cast, first, LATER, kinds=["district"])

    with pytest.raises(services.LaterMeaningKnown) as known:
        changed(cast, second, date(2024, 8, 20), kinds=["city"])
    assert known.value.day == LATER
    third = changed(cast, second, LATER, kinds=["city"])

    assert members(LATER) == ["tp-ho-sen"]
    assert [one.uid for one in selectors.meanings_of(code="xa")] == [third.uid, first.uid]


def test_days_that_have_passed_keep_their_meaning(cast: Cast):
    group = saved(kinds=["commune"])
    yesterday = date(2024, 8, 6)

    with pytest.raises(services.DayPassed):
        changed(cast, group, yesterday, kinds=["district"])
    with pytest.raises(services.DayPassed):
        services.end_group(
            code="xa", until=yesterday, read=group.version, user=cast.chi, on=TODAY, at=NOW
        )
    changed(cast, group, TODAY, kinds=["district"])

    assert members(yesterday) == ["phuong-sen-tay"]
    assert members(TODAY) == ["huyen-dong-gao", "quan-ho-sen"]


def test_a_group_ends_and_may_begin_anew(cast: Cast):
    group = saved(kinds=["commune"])
    end = {"code": "xa", "until": LATER, "read": group.version, "user": cast.chi, "at": NOW}

    services.end_group(**end, on=TODAY)
    entries = Entry.objects.count()
    services.end_group(**end, on=TODAY)  # twice is once

    assert Entry.objects.count() == entries
    assert members(date(2024, 8, 31)) == ["phuong-sen-tay"]
    assert selectors.group_on(code="xa", on=LATER) is None
    assert selectors.sizes_of(groups=selectors.groups_known(on=LATER), on=LATER) == {}
    ended = selectors.meanings_of(code="xa")[0]
    changed(cast, ended, date(2024, 12, 1), kinds=["district"])
    assert selectors.group_on(code="xa", on=date(2024, 10, 1)) is None
    assert members(date(2024, 12, 1)) == ["huyen-dong-gao", "quan-ho-sen"]


def test_two_who_change_one_group_are_told_and_one_form_counts_once(cast: Cast):
    first = saved(kinds=["commune"])
    words = given(
        cast, code="xa", choice=choice(kinds=["district"]), since=LATER, read=first.version
    )

    once = services.change_group(**words)

    assert services.change_group(**words) == once
    with pytest.raises(services.GroupChangedMeanwhile):
        services.change_group(**{**words, "client_key": key()})
    with pytest.raises(services.GroupChangedMeanwhile):
        changed(cast, Group(uid=key(), valid=first.valid), LATER, kinds=["city"])
    assert len(selectors.meanings_of(code="xa")) == 2


def test_an_end_that_was_not_seen_is_not_overwritten(cast: Cast):
    read = saved(kinds=["commune"])
    end = {"code": "xa", "user": cast.chi, "on": TODAY, "at": NOW}
    services.end_group(**end, until=LATER, read=read.version)

    with pytest.raises(services.GroupChangedMeanwhile):
        changed(cast, read, date(2024, 8, 20), kinds=["district"])
    with pytest.raises(services.GroupChangedMeanwhile):
        services.end_group(**end, until=date(2024, 8, 20), read=read.version)

    seen = selectors.meanings_of(code="xa")[0]
    assert (seen.uid, seen.valid.upper) == (read.uid, LATER)
    services.end_group(**end, until=date(2024, 8, 20), read=seen.version)
    assert selectors.meanings_of(code="xa")[0].valid.upper == date(2024, 8, 20)


def test_a_code_belongs_to_one_group_and_a_group_chooses_something(cast: Cast):
    saved(kinds=["commune"])

    with pytest.raises(services.GroupCodeTaken):
        saved(kinds=["district"])
    words = given(cast, code="khac", since=TODAY)
    with pytest.raises(services.NothingChosen):
        services.create_group(choice=choice(left_out=(cast.city,)), **words)
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.create(
            code="xa", name_vi="x", name_en="x", tree=make_tree(), valid=(TODAY, None)
        )


def test_a_group_is_changed_only_where_all_that_it_chooses_may_be(cast: Cast):
    user = make_officer(cast.ho_sen, actions=["unit.change"])
    ward = make_unit(parent=cast.dong_gao, kind="commune")

    def create(code: str, **told) -> Group:
        words = given(cast, code=code, choice=choice(**told), since=TODAY)
        return services.create_group(**{**words, "user": user})

    for told in (
        {"kinds": ["commune"]},
        {"kinds": ["commune"], "below": cast.city},
        {"below": cast.ho_sen, "added": (ward,)},
    ):
        with pytest.raises(services.GroupNotAllowed):
            create("khac", **told)
    own = create("xa", below=cast.ho_sen, left_out=(ward,))
    with pytest.raises(services.GroupNotAllowed):
        changed(cast, own, LATER, user=user, below=cast.city)
    assert changed(cast, own, LATER, user=user, below=cast.ho_sen, kinds=["commune"])
    wide = services.save_group(code="rong", choice=choice(below=cast.city), actor=SYSTEM, at=NOW)
    with pytest.raises(services.GroupNotAllowed):
        services.end_group(code="rong", until=LATER, read=wide.version, user=user, on=TODAY, at=NOW)


def test_the_members_of_a_day_are_given_in_the_shape_of_the_sheet(cast: Cast):
    services.number_unit(unit=cast.sen_tay, system="noi-bo", code="7", actor=SYSTEM, at=NOW)
    group = saved(kinds=["commune", "district"], below=cast.ho_sen)

    def sheet(on: date) -> list[list]:
        rows = selectors.group_sheet_rows(group=group, on=on, language="en")
        return [[row[0], row[5], row[-1]] for row in rows]

    head = ["Unit code", "Superior code", "Code in: noi-bo"]
    today = [["quan-ho-sen", "tp-ho-sen", ""], ["phuong-sen-tay", "quan-ho-sen", "7"]]
    assert sheet(TODAY) == [head, *today]
    assert sheet(date(2023, 12, 31))[2][0] == "phuong-sen-cu"
    grid = [
        [str(cell) if cell is not None else "" for cell in row]
        for row in selectors.group_sheet_rows(group=group, on=TODAY, language="vi")
    ]
    verdicts = selectors.judged_units(grid).plan.verdicts
    assert [(row.verdict, row.faults) for row in verdicts] == [("unchanged", ())] * 2
