"""Duties from a sheet while others work on: who helps, who is gone, what others have given."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services.importing import _Writer
from lotrinh.apps.files.sheets import read_grid
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.rules.parts import Part
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_document, make_duty, make_rendition
from tests.web.test_pages_duty_sheets import (
    DRAFTS,
    GOOD,
    PATH,
    carried,
    changed,
    look,
)
from tests.web.visiting import Visit

pytestmark = pytest.mark.django_db


def helped(cast: Cast) -> Duty:
    """Return a draft that Quận Hồ Sen leads and Phường Sen Tây helps with."""
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    help_with(duty, cast, cast.sen_tay)
    return duty


def help_with(duty: Duty, cast: Cast, unit: Any) -> None:
    services.assign_part(
        duty_id=duty.pk, unit=unit, part=Part.COORDINATE, user=cast.chi, on=TODAY, at=NOW
    )


def helping(duty: Duty) -> set[str]:
    found = duty.taken_parts.filter(ended_on=None)
    return set(found.values_list("unit__name_vi", flat=True))


def faults(shown: Any) -> list[tuple[str, ...]]:
    return [row.faults for row in shown.context["result"].rows]


def send(visit: Visit, file: SimpleUploadedFile) -> Any:
    return visit.send(PATH, {"file": file}, status=200)


def test_units_that_came_to_help_after_the_export_are_not_sent_away_by_it(cast: Cast) -> None:
    visit, duty = Visit(cast.chi), helped(cast)
    file = changed(visit, DRAFTS, "2024-09-29", "1/12/2024")
    looked = changed(visit, DRAFTS, "2024-09-29", "1/12/2024")
    form = carried(send(visit, looked))
    help_with(duty, cast, cast.dong_gao)

    shown = send(visit, file)
    visit.send(PATH, {"step": "import", **form}, status=200)

    assert "dự thảo đã được sửa sau khi xuất tệp" in faults(shown)[0][0]
    duty.refresh_from_db()
    assert (duty.due, duty.version) == (date(2024, 9, 29), 1)
    assert helping(duty) == {"Phường Sen Tây", "Huyện Đồng Gạo"}


def test_who_comes_to_help_between_the_judgement_and_the_lock_is_kept(cast: Cast) -> None:
    visit, duty = Visit(cast.chi), helped(cast)
    file = changed(visit, DRAFTS, "Phường Sen Tây", "Huyện Đồng Gạo")
    judged = selectors.judged_duties(
        read_grid(file.read(), "list.csv"),
        rendition=None,
        seen_by=cast.chi.pk,
        on=TODAY,
        language="vi",
    )
    (planned,) = judged.planned
    assert (planned.changed, planned.duty) == ({"coordinate"}, duty)
    help_with(duty, cast, cast.office)

    with pytest.raises(services.DutyChangedMeanwhile):
        _Writer(judged, None, cast.chi, key(), TODAY, NOW).change(planned, duty)

    assert helping(duty) == {"Phường Sen Tây", "Văn phòng Thành ủy"}


def test_the_lead_and_a_helper_change_places(cast: Cast) -> None:
    visit, duty = Visit(cast.chi), helped(cast)
    given = visit.look(DRAFTS).content.decode()
    for old, new in (("Quận Hồ Sen", "#"), ("Phường Sen Tây", "Quận Hồ Sen")):
        assert old in given
        given = given.replace(old, new)
    file = SimpleUploadedFile("a.csv", given.replace("#", "Phường Sen Tây").encode())

    visit.send(PATH, {"step": "import", **carried(send(visit, file))}, status=200)

    duty.refresh_from_db()
    assert (duty.unit, helping(duty)) == (cast.sen_tay, {"Quận Hồ Sen"})


def test_a_document_of_a_unit_that_stands_no_more_is_refused_by_name(cast: Cast) -> None:
    rendition = make_rendition(make_document(keeper=cast.sen_cu, user=cast.chi))
    registry.send_to(document=rendition.document, unit=cast.dong_gao, actor=SYSTEM, at=NOW)
    row = GOOD.replace("Quận Hồ Sen\tPhường Sen Tây", "Huyện Đồng Gạo\t")

    shown = look(Visit(cast.khe), rendition.document.number, row)

    assert "Phường Sen Cũ [phuong-sen-cu]" in faults(shown)[0][0]


def test_what_others_have_given_by_the_same_document_is_not_there_already(cast: Cast) -> None:
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    make_duty(owed_to=cast.ho_sen, user=cast.chi, unit=cast.sen_tay, rendition=rendition)
    row = "1\tXây dựng kế hoạch đào tạo cán bộ\tPhường Sen Tây\t\t30/9/2024\t"
    visit, number = Visit(cast.chi), rendition.document.number

    (before,) = look(visit, number, row).context["result"].rows
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.sen_tay, rendition=rendition)
    (after,) = look(visit, number, row).context["result"].rows

    assert (before.fate, after.fate) == ("draft", "repeated")


def test_the_second_row_of_a_key_is_refused_and_the_first_comes_in(cast: Cast) -> None:
    visit = Visit(cast.chi)
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    head, row = visit.look(DRAFTS).content.decode().splitlines()
    twice = [head, *(row.replace("2024-09-29", day) for day in ("1/12/2024", "2/12/2024"))]
    shown = send(visit, SimpleUploadedFile("a.csv", "\n".join(twice).encode()))

    visit.send(PATH, {"step": "import", **carried(shown)}, status=200)

    assert faults(shown) == [
        ("Khóa dòng: dòng 2 đã mang khóa này; bỏ một trong hai dòng",),
        (),
    ]
    duty.refresh_from_db()
    assert duty.due == date(2024, 12, 1)
