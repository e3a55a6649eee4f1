"""Dividing a target on the pages: the draft, the sheet, answers, the decision, and the facts."""

import pytest
from django.test import override_settings
from django.urls import reverse

from lotrinh.apps.targets import selectors
from lotrinh.apps.targets.models import Allocation, Target
from tests.apps.targets.dividing import consulted, decided, districts, drafted, families
from tests.factories import TODAY, key, make_document
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with override_settings(LOTRINH_TODAY=TODAY):
        yield


def divide_form(**said):
    return {
        "client_key": str(key()),
        "group": "quan",
        "as_of": "7/8/2024",
        "method": "proportional",
        "base_words": "Số hộ",
        "rows": "Quận Hồ Sen;;300\nHuyện Đồng Gạo\t\t100",
        **said,
    }


def sheet_form(allocation, act, **said):
    return {"client_key": str(key()), "version": allocation.version, "act": act, **said}


def path_of(allocation):
    return reverse("allocation", args=[allocation.uid])


def test_from_a_draft_to_a_target_of_every_unit(cast):
    target = families(cast)
    districts(cast, code="quan")
    office, district = Visit(cast.chi), Visit(cast.ha)

    made = office.send(reverse("target-divide", args=[target.uid]), divide_form())
    allocation = Allocation.objects.get()
    assert made.url == path_of(allocation)
    shown = office.look(made.url)
    assert [(row.name, row.value_field.value()) for row in shown.context["rows"]] == [
        ("Huyện Đồng Gạo", "25"),
        ("Quận Hồ Sen", "76"),
    ]
    assert shown.context["is_even"] is True
    district.look(made.url, status=404)

    office.send(made.url, sheet_form(allocation, "consult", answers_due="20/8/2024"))
    own = district.look(made.url)
    assert [row.name for row in own.context["rows"]] == ["Quận Hồ Sen"]
    assert "Đồng Gạo" not in text_of(own)
    ((_name, figure, form),) = own.context["answer_forms"]
    assert figure.startswith("76")
    words = {"share": str(form.initial["share"]), "version": form.initial["version"]}
    asked = {**words, "act": "answer", "client_key": str(key()), "answer": "asks"}
    refused = district.send(made.url, {**asked, "asked": "7o"}, status=422)
    assert "7o" in text_of(refused)
    district.send(made.url, {**asked, "asked": "70", "reason": "Hộ mới nhập cư"})
    assert "Hộ mới nhập cư" in text_of(office.look(made.url))

    basis = make_document(keeper=cast.city, user=cast.chi, number="45/QĐ-UBND", system="state")
    allocation.refresh_from_db()
    office.send(made.url, sheet_form(allocation, "decide", number=basis.number))
    part = Target.objects.get(superior=target, unit=cast.ho_sen)
    assert part.value == 76
    assert "45/QĐ-UBND" in text_of(office.look(reverse("target", args=[target.uid])))
    (row,) = district.look("/targets/").context["targets"]
    assert row.uid == part.uid


def test_a_difference_is_said_in_words_and_needs_a_reason(cast):
    target = families(cast)
    allocation = consulted(cast, drafted(cast, target))
    office, path = Visit(cast.chi), path_of(allocation)

    office.send(path, sheet_form(allocation, "amend", v1="30", v2="76"))
    shown = office.look(path)
    assert shown.context["is_even"] is False
    assert "5 " in shown.context["difference_text"]
    allocation.refresh_from_db()
    basis = make_document(keeper=cast.city, user=cast.chi, number="46/QĐ-UBND", system="state")
    told = office.send(path, sheet_form(allocation, "decide", number=basis.number), status=422)
    assert "difference_reason" in told.context["decide_form"].errors


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("rows", "Quận Hồ Sen; ba", "ba"),
        *(
            pytest.param(*case, marks=pytest.mark.slow)
            for case in (
                ("rows", "Quận Không Có; 3", "Quận Không Có"),
                ("rows", "Quận Hồ Sen; 1\nQuận Hồ Sen; 2", "Quận Hồ Sen"),
                ("rows", "Phường Sen Tây; 1", "Phường Sen Tây"),
                ("left_out", "Quận Hồ Sen", "Quận Hồ Sen"),
                ("as_of", "31/2/2024", "31/2/2024"),
            )
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_typed_stays(cast, field, typed, told):
    target = families(cast)
    districts(cast, code="quan")

    answer = Visit(cast.chi).send(
        reverse("target-divide", args=[target.uid]), divide_form(**{field: typed}), status=422
    )

    assert any(told in words for words in answer.context["form"].errors[field])
    assert answer.context["form"][field].value() == typed
    assert not Allocation.objects.exists()


def test_a_number_that_may_mean_two_is_asked_about(cast):
    target = families(cast)
    districts(cast, code="quan")
    rows = "Quận Hồ Sen; 68,457"

    answer = Visit(cast.chi).send(
        reverse("target-divide", args=[target.uid]), divide_form(rows=rows), status=422
    )

    assert "68,457" in " ".join(answer.context["form"].errors["rows"])


def test_of_two_at_once_the_slower_is_told_and_loses_nothing(cast):
    allocation = drafted(cast, families(cast))
    office, path = Visit(cast.chi), path_of(allocation)
    office.send(path, sheet_form(allocation, "amend", v1="50", v2="51"))

    late = office.send(path, sheet_form(allocation, "amend", v1="40", v2="61"), status=409)

    form = late.context["amend_form"]
    assert "Trần Mộc Chi" in " ".join(form.non_field_errors())
    assert (form["v1"].value(), form["version"].value()) == ("40", "2")
    office.send(path, {**form.data.dict(), "act": "amend"})
    assert sorted(share.value for share in allocation.shares.all()) == [40, 61]


def test_what_a_number_is_is_said_with_the_days_on_its_way(cast):
    target = families(cast)
    office, path = Visit(cast.chi), reverse("target-describe", args=[target.uid])
    said = {
        **{name: value or "" for name, value in office.look(path).context["form"].initial.items()},
        "denominator": "Số hộ thường trú",
        "interim": "30/9/2024; 60",
        "direction": "higher",
        "counts_persons": "yes",
    }

    office.send(path, said)
    shown = office.look(reverse("target", args=[target.uid]))
    assert "có: số dưới 5 người không công bố" in text_of(shown)
    assert office.look(path).context["form"]["counts_persons"].value() == "yes"
    assert [row.value_text[:3] for row in shown.context["plan"]] == ["60 ", "101"]
    assert "Số hộ thường trú" in text_of(shown)

    late = office.send(path, {**said, "interim": "30/9/2024; 65"}, status=409)
    assert late.context["form"]["interim"].value() == "30/9/2024; 65"
    office.send(
        path, {**said, "interim": "30/9/2024; 65", "shown": late.context["form"]["shown"].value()}
    )
    target.refresh_from_db()
    assert selectors.interim_of(target=target)[0][1] == 65
    assert len(selectors.milestones_of(target=target).revisions) == 1


def test_a_level_stays_while_units_hold_parts(cast):
    target = families(cast)
    decided(cast, consulted(cast, drafted(cast, target)))
    path = reverse("target-describe", args=[target.uid])
    visit = Visit(cast.chi)
    said = {name: value or "" for name, value in visit.look(path).context["form"].initial.items()}

    visit.send(path, {**said, "value": "99"}, status=422)
    visit.send(path, {**said, "definition": "Hộ có quyết định công nhận"})
    part = Target.objects.get(superior=target, unit=cast.ho_sen)
    visit.look(reverse("target-describe", args=[part.uid]), status=403)


def test_pages_of_a_divided_target_cost_few_queries(cast):
    target = families(cast)
    allocation = decided(cast, consulted(cast, drafted(cast, target)))
    part = Target.objects.get(superior=target, unit=cast.ho_sen)
    visit = Visit(cast.chi)
    paths = [
        reverse("target", args=[target.uid]),
        reverse("target", args=[part.uid]),
        reverse("target-divide", args=[target.uid]),
        reverse("target-describe", args=[target.uid]),
        path_of(allocation),
        path_of(drafted(cast, families(cast), group=districts(cast))),
    ]

    costs = {path: visit.cost(path) for path in paths}

    assert {path: cost for path, cost in costs.items() if cost > 20} == {}
