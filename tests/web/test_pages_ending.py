"""Due after what it serves, and what serves a cancelled duty: said plainly, and ended by a form."""

import pytest
from django.urls import reverse

from lotrinh.rules.duty_states import Step
from tests.apps.duties.test_outliving import LATER, decides_for_ho_sen, issued, part_of
from tests.architecture.walking import take, walked
from tests.cast import Cast
from tests.factories import key
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


def test_a_later_deadline_is_asked_about_and_then_told_on_both_pages(cast: Cast) -> None:
    superior, ha = walked(cast, (Step.ISSUE, Step.ACCEPT)), Visit(cast.ha)
    path = reverse("duty-break-down", args=[superior.uid])
    form = {"title": "Lập danh sách", "unit": "Phường Sen Tây", "due": "15/10/2024"}

    asked = ha.send(path, {**form, "client_key": str(key())}, status=422)
    ha.send(path, {**form, "client_key": str(key()), "later": "on"})

    assert 'id="id_due_error"' in text_of(asked)
    assert 'name="later"' in text_of(asked)
    part = superior.parts.get()
    assert part.due == LATER
    assert ha.look(reverse("duty", args=[part.uid])).context["overruns"]
    assert ha.look(reverse("duty", args=[superior.uid])).context["overrunning"] == {part.uid}


def test_the_parts_of_a_cancelled_duty_are_shown_and_cancelled_by_one_form(cast: Cast) -> None:
    decides_for_ho_sen(cast)
    superior = walked(cast, (Step.ISSUE, Step.ACCEPT))
    part = issued(cast, part_of(cast, superior))
    path = reverse("duty-cancel-parts", args=[superior.uid])
    ha = Visit(cast.ha)
    ha.look(path, status=403)  # not cancelled yet
    superior = take(Step.CANCEL, superior, cast)

    page = ha.look(reverse("duty", args=[superior.uid]))
    shown = ha.look(path)
    form = {"client_key": str(shown.context["client_key"]), "note": "Thôi thực hiện"}
    stale = ha.send(path, {**form, "part": f"{part.uid}:1"}, status=409)
    ha.send(path, {**form, "note": " ", "part": f"{part.uid}:2"}, status=422)
    ha.send(path, {**form, "part": f"{part.uid}:2"})
    ha.send(path, {**form, "part": f"{part.uid}:2"})

    assert (page.context["left_open"], page.context["may_end_parts"]) == (1, True)
    assert (shown.context["count"], shown.context["left"]) == (1, 0)
    assert "Thôi thực hiện" in text_of(stale)
    part.refresh_from_db()
    assert (part.state, part.version) == ("cancelled", 3)
    assert Visit(cast.mai).look(reverse("duty", args=[part.uid])).status_code == 200
    Visit(cast.khe).look(path, status=404)
    Visit(cast.nghiem).look(path, status=403)
