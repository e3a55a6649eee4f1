"""Rights: the table of roles, mandates, the form of a role, and the question why."""

from datetime import date

import pytest
from django.utils import translation

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.web.wording import word
from lotrinh.web.wording_of_rights import ACTIONS
from tests.cast import READER, Cast
from tests.factories import (
    NOW,
    READS,
    TODAY,
    appoint,
    make_officer,
    make_person,
    make_post,
    make_user,
)
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

WHY = "/rights/why/"
ROLE = "/rights/reader/"
EXPLAINS = [Action.READ_PEOPLE, Action.EXPLAIN_RIGHTS]


@pytest.fixture
def mandated(cast: Cast) -> User:
    """An inspector with a mandate over Hồ Sen from tomorrow, with a post in the city."""
    role = services.define_role(
        code="kiem-tra-vien",
        name_vi="Kiểm tra viên",
        name_en="Inspector",
        actions=READS,
        purpose="inspection",
        actor=SYSTEM,
        at=NOW,
    )
    user = make_user("thanh-tra")
    person = make_person("Tạ Bình", user=user)
    appoint(person, make_post(cast.city, role=role))
    services.give_mandate(
        role=role,
        scope=cast.ho_sen,
        people=[person],
        subject="Giao việc và thực hiện",
        legal_basis="Quyết định số 12-QĐ/UBKT",
        since=date(2024, 8, 8),
        until=date(2024, 9, 1),
        actor=SYSTEM,
        at=NOW,
    )
    return user


def ask(visit: Visit, **asked: str):
    answer = visit.client.get(WHY, asked)
    assert answer.status_code == 200
    return answer


def test_the_table_says_what_each_role_carries_and_how_many_hold_it(cast: Cast) -> None:
    shown = Visit(cast.an).look("/rights/")

    rows = {row.name: (row.posts, row.filled, row.people) for row in shown.context["roles"]}
    assert rows["unit_officer"] == (3, 3, 3)
    assert rows["planning_officer"] == (2, 1, 1)
    assert rows["reader"] == (1, 1, 1)
    carried = {
        row.text: {cell.role_name for cell in row.cells if cell.carries}
        for row in shown.context["actions"]
    }
    assert len(carried) == len(Action)
    with translation.override("vi"):
        issuing, defining = (
            carried[word(ACTIONS, action)] for action in (Action.ISSUE_DUTY, Action.DEFINE_ROLE)
        )
    assert (issuing, defining) == ({"planning_officer", "leader"}, {"planning_officer"})
    assert [row.url for row in shown.context["roles"]] == [None] * 5
    assert "Trưởng phòng Tổng hợp" in shown.context["refused_text"]


def test_a_mandate_is_known_to_those_who_answer_for_the_unit(cast: Cast, mandated: User) -> None:
    def seen(user) -> list[tuple[str, list[str], int, bool]]:
        rows = Visit(user).look("/rights/").context["mandates"]
        return [
            (row.scope_name, [one.name for one in row.holders], row.others, row.state == "soon")
            for row in rows
            if row.basis == "Quyết định số 12-QĐ/UBKT"
        ]

    assert seen(cast.chi) == [("Quận Hồ Sen", ["Tạ Bình"], 0, True)]
    assert seen(cast.ha) == [("Quận Hồ Sen", [], 1, True)]
    assert seen(mandated) == [("Quận Hồ Sen", ["Tạ Bình"], 0, True)]
    assert seen(cast.khe) == []
    assert seen(cast.mai) == []
    assert seen(cast.an) == []


def test_a_mandate_shows_its_last_day_and_is_gone_after_it(cast: Cast, mandated: User) -> None:
    (row,) = (
        row
        for row in Visit(cast.chi).look("/rights/").context["mandates"]
        if row.scope_name == "Quận Hồ Sen"
    )
    assert (row.since, row.last) == (date(2024, 8, 8), date(2024, 8, 31))

    def bases(on: date) -> set[str]:
        return {one.mandate.legal_basis for one in units.mandates_seen(seen_by=cast.chi.pk, on=on)}

    assert "Quyết định số 12-QĐ/UBKT" in bases(date(2024, 8, 31))
    assert "Quyết định số 12-QĐ/UBKT" not in bases(date(2024, 9, 1))


def test_a_role_is_changed_after_its_effect_was_shown(cast: Cast) -> None:
    visit = Visit(cast.chi)
    form = visit.look(ROLE).context["form"]
    read = form.initial["read"]
    kept = (
        Action.READ_DOCUMENT,
        Action.READ_DUTY,
        Action.READ_FIGURE,
        Action.READ_REVIEW,
    )
    wanted = [*(one.value for one in kept), Action.READ_PEOPLE.value]
    words = {"actions": wanted, "read": read}

    shown = visit.send(ROLE, words, status=200)
    effect = shown.context["effect"]
    assert (len(effect.gained), len(effect.lost)) == (1, 1)
    assert (effect.posts, effect.filled, effect.people) == (1, 1, 1)
    role = units.role_by_code("reader")
    assert role is not None and set(role.actions) == set(READER)

    for _ in range(2):
        visit.send(ROLE, {**words, "confirm": "1"})

    role.refresh_from_db()
    assert role.actions == sorted(wanted)
    (entry,) = Entry.objects.filter(verb="role.defined", actor_uid=cast.chi.uid)
    assert '"people.read"' in entry.payload
    assert units.may(
        user_id=cast.bach.pk, action=Action.READ_PEOPLE, unit_id=cast.dong_gao.pk, on=TODAY
    )


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    stale = {"actions": [Action.READ_DUTY.value], "read": "duty.read,document.read", "confirm": "1"}

    Visit(cast.chi).send(ROLE, stale, status=422)

    role = units.role_by_code("reader")
    assert role is not None and set(role.actions) == set(READER)


def test_somebody_must_be_left_who_may_define_roles(cast: Cast) -> None:
    role = units.role_by_code("planning_officer")
    assert role is not None
    kept = [action for action in role.actions if action != Action.DEFINE_ROLE]
    form = {"actions": kept, "read": ",".join(role.actions), "confirm": "1"}

    answer = Visit(cast.chi).send("/rights/planning_officer/", form, status=422)

    assert list(answer.context["form"].errors) == ["actions"]
    role.refresh_from_db()
    assert Action.DEFINE_ROLE in role.actions


def test_an_action_that_does_not_exist_is_refused(cast: Cast) -> None:
    form = {"actions": ["duty.burn"], "read": "", "confirm": "1"}

    Visit(cast.chi).send(ROLE, form, status=422)


def test_a_role_is_defined_at_the_root_alone(cast: Cast) -> None:
    local = make_officer(cast.ho_sen, actions=tuple(Action), full_name="Quách An")

    Visit(local).look(ROLE, status=403)
    Visit(cast.chi).look("/rights/khong-co/", status=404)
    with pytest.raises(services.RoleNotAllowed):
        services.change_role(
            role=units.role_by_code("reader"),
            actions=[],
            read=READER,
            user=local,
            on=TODAY,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("who", "action", "unit", "day", "allowed", "part"),
    [
        ("can-bo-ho-sen", "duty.read", "Phường Sen Tây", "", True, "Chuyên viên (Quận Hồ Sen)"),
        ("Phan Thu Hà", "duty.read", "Huyện Đồng Gạo", "", False, "không gồm Huyện Đồng Gạo"),
        ("phan thu ha", "duty.issue", "Quận Hồ Sen", "", False, "không có quyền này"),
        ("nguoi-cu", "duty.read", "Quận Hồ Sen", "30/6/2024", True, "từ 1/1/2020"),
        ("nguoi-cu", "duty.read", "Quận Hồ Sen", "1/7/2024", False, "sau ngày 30/6/2024"),
        ("thanh-tra", "duty.read", "Phường Sen Tây", "", False, "có hiệu lực từ 8/8/2024"),
        ("thanh-tra", "duty.read", "Phường Sen Tây", "8/8/2024", True, "Quyết định số 12-QĐ/UBKT"),
    ],
)
def test_the_answer_is_one_sentence(
    cast: Cast, mandated: User, who, action, unit, day, allowed, part
) -> None:
    answer = ask(Visit(cast.chi), who=who, action=action, unit=unit, on=day)

    assert answer.context["allowed"] is allowed
    assert part in answer.context["answer"]
    assert "Trưởng phòng Tổng hợp" in answer.context["who_may"]
    assert answer.context["answer"] in text_of(answer)


def test_everybody_may_ask_about_himself(cast: Cast) -> None:
    answer = ask(Visit(cast.an), who="khong-chuc-vu", action="duty.read", unit="Quận Hồ Sen")

    assert answer.context["allowed"] is False
    assert "không giữ chức vụ" in answer.context["answer"]


@pytest.mark.parametrize("who", ["can-bo-ho-sen", "Phan Thu Hà", "Không Ai Cả"])
def test_whom_one_may_not_ask_about_looks_like_nobody(cast: Cast, who) -> None:
    answer = ask(Visit(cast.khe), who=who, action="duty.read", unit="Quận Hồ Sen")

    assert "answer" not in answer.context
    assert list(answer.context["form"].errors) == ["who"]
    nobody = ask(Visit(cast.khe), who="zzz", action="duty.read", unit="Quận Hồ Sen")
    told, of_nobody = (
        page.context["form"].errors["who"][0].replace(name, "")
        for page, name in ((answer, who), (nobody, "zzz"))
    )
    assert told == of_nobody


def test_rights_are_explained_of_those_who_hold_posts_in_ones_units(cast: Cast) -> None:
    explains = make_officer(cast.ho_sen, actions=EXPLAINS, full_name="Quách An")
    visit = Visit(explains)
    asked = {"action": "duty.read", "unit": "Quận Hồ Sen"}

    assert ask(visit, who="Vũ Thị Mai", **asked).context["allowed"] is False
    assert "answer" not in ask(visit, who="Lê Minh Khê", **asked).context
    assert "answer" not in ask(visit, who="van-phong", **asked).context


def test_two_of_one_name_are_asked_back_by_sign_in_name(cast: Cast) -> None:
    make_officer(cast.ho_sen, actions=READS, full_name="Phan Thu Hà", sign_in_name="ha-2")

    answer = ask(Visit(cast.chi), who="Phan Thu Hà", action="duty.read", unit="Quận Hồ Sen")

    (told,) = answer.context["form"].errors["who"]
    assert "can-bo-ho-sen" in told and "ha-2" in told


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"unit": "Phường Không Có"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"action": "duty.burn"}, "action"),
        ({"on": "32/8/2024"}, "on"),
    ],
)
def test_what_is_wrong_with_the_question_is_said(cast: Cast, words, field) -> None:
    asked = {"who": "van-phong", "action": "duty.read", "unit": "Quận Hồ Sen", "on": ""} | words

    answer = ask(Visit(cast.chi), **asked)

    assert list(answer.context["form"].errors) == [field]


def test_the_sentence_follows_the_language(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.client.cookies["django_language"] = "en"
    visit.client.post("/language/", {"language": "en", "next": "/rights/"})

    answer = ask(visit, who="can-bo-ho-sen", action="duty.read", unit="Ho Sen District")

    assert answer.context["answer"].startswith("Allowed: holds the post Officer (Ho Sen District)")


@pytest.mark.parametrize("path", ["/rights/", ROLE, WHY])
def test_pages_of_rights_cost_few_queries_and_have_one_heading(cast: Cast, path) -> None:
    visit = Visit(cast.chi)

    assert visit.cost(path) <= 20
    assert text_of(visit.look(path)).count("<h1") == 1


def test_an_answer_costs_few_queries(cast: Cast) -> None:
    path = f"{WHY}?who=can-bo-ho-sen&action=duty.read&unit=Phường Sen Tây&on="

    assert Visit(cast.chi).cost(path) <= 20


def test_who_has_a_role_himself_is_told_who_else_may_add_to_it(cast: Cast) -> None:
    visit = Visit(cast.chi)
    role = units.role_by_code("planning_officer")
    assert role is not None
    role = services.define_role(
        code=role.code,
        name_vi=role.name_vi,
        name_en=role.name_en,
        actions=[one for one in role.actions if one != Action.ISSUE_DUTY],
        actor=SYSTEM,
        at=NOW,
    )
    path, wanted = "/rights/planning_officer/", sorted(Action)
    form = {"actions": wanted, "read": ",".join(role.actions)}
    assert "Ngoài những người giữ vai trò này" in visit.look(path).context["own_text"]
    assert visit.look(ROLE).context["own_text"] == ""

    other = make_officer(cast.city, actions=[Action.DEFINE_ROLE], full_name="Quách An")
    told = visit.look(path).context["own_text"]
    assert "Ông, bà đang giữ vai trò này" in told and "Chuyên viên, Thành phố Hồ Sen" in told

    for words in (form, {**form, "confirm": "1"}):
        errors = visit.send(path, words, status=422).context["form"].errors
        assert errors["actions"] == [told]
    Visit(other).send(path, {**form, "confirm": "1"})
    role.refresh_from_db()
    assert role.actions == wanted


def test_one_does_not_take_from_his_role_what_nobody_could_give_back(cast: Cast) -> None:
    role = units.role_by_code("planning_officer")
    assert role is not None
    kept = [action for action in role.actions if action != Action.ISSUE_DUTY]
    form = {"actions": kept, "read": ",".join(role.actions), "confirm": "1"}

    answer = Visit(cast.chi).send("/rights/planning_officer/", form, status=422)

    (told,) = answer.context["form"].errors["actions"]
    assert "không ai khác" in told
