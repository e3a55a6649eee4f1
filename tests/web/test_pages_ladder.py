"""The ladder of reminders on its page: what holds is the beginning of what will hold."""

import pytest

from tests.apps.duties.test_set_ladder import SINCE, days_on
from tests.cast import Cast
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


def test_the_form_begins_with_what_holds_and_sets_it_anew(cast: Cast) -> None:
    chi = Visit(cast.chi)
    shown = chi.look("/duties/ladder/new/").context["form"]
    form = {name: str(value) for name, value in shown.initial.items() if value not in (None, False)}
    form |= {"since": SINCE.strftime("%d/%m/%Y"), "days_1": "-5", "days_6": ""}

    wrong = chi.send("/duties/ladder/new/", {**form, "days_2": "-5"}, status=422)
    chi.send("/duties/ladder/new/", form)

    assert "-5" in text_of(wrong)
    assert days_on(SINCE) == [-5, 1, 4, 8, 12]
    page = Visit(cast.mai).look("/duties/ladder/").context
    assert (len(page["now"]["rungs"]), len(page["to_come"]), page["past"]) == (6, 1, [])
    assert page["refused_text"]
    Visit(cast.mai).look("/duties/ladder/new/", status=403)
