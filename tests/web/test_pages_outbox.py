"""What stands behind sending from a device: who is there, the worker, whose form it is, once.

Mai enters for ward Sen Tây, Tâm approves there, Hà is the officer of the district above.
"""

import json
import re
from typing import Any

from django.test import Client

from lotrinh.apps.accounts.models import User
from lotrinh.apps.reporting import selectors
from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvent
from lotrinh.apps.targets.models import Measure
from tests.cast import Cast
from tests.factories import key
from tests.reports import fill, hand_in
from tests.web.visiting import Visit, text_of


def path_of(report: Report) -> str:
    return f"/reports/{report.uid}/"


def act(user: User, **words: str) -> dict[str, str]:
    """Return a form as the outbox sends it."""
    return {
        "client_key": str(key()),
        "language": "vi",
        "as": "lines",
        "reader": str(user.uid),
        **words,
    }


def cell(measure: Measure, typed: str, over: object = "") -> dict[str, str]:
    return {f"c-{measure.uid}": typed, f"o-{measure.uid}": str(over)}


def kept_in(answer: Any) -> dict[str, str]:
    """Return by line the entries of which the answer says that they count."""
    found = re.search(r'<div id="answer"[^>]* data-kept="([^"]*)"', text_of(answer))
    assert found is not None
    return dict(one.split("=") for one in found[1].split())


def entry(report: Report, measure: Measure) -> ReportCell:
    return selectors.cells_of(report=report)[measure.pk]


def test_an_act_that_is_sent_thrice_is_entered_once(
    report: Report, cast: Cast, families: Measure
) -> None:
    form = act(cast.mai, **cell(families, "120"))
    answers = [Visit(cast.mai).send(path_of(report), form, status=200) for _ in range(3)]

    assert (ReportCell.objects.count(), ReportEvent.objects.count()) == (1, 1)
    expected = {str(families.uid): str(entry(report, families).pk)}
    assert [kept_in(answer) for answer in answers] == [expected] * 3


def test_an_act_whose_answer_was_lost_is_told_once_more_what_it_left_out(
    report: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    fill(report, cast.mai, {families: "120"})
    form = act(cast.ha, **cell(families, "125"), **cell(schooled, "18/23"))

    first = Visit(cast.ha).send(path_of(report), form, status=409)
    again = Visit(cast.ha).send(path_of(report), form, status=409)

    own = {str(schooled.uid): str(entry(report, schooled).pk)}
    assert kept_in(first) == kept_in(again) == own
    assert " data-overtaken" in text_of(again)
    assert entry(report, families).text == "120"
    assert ReportCell.objects.count() == 2


def test_an_act_names_its_own_entry_also_where_somebody_has_entered_over_it_meanwhile(
    report: Report, cast: Cast, families: Measure
) -> None:
    """Mai's answer is lost, Hà sees her 10 and enters 12: what Mai typed after it asks first."""
    form = act(cast.mai, **cell(families, "10"))
    Visit(cast.mai).send(path_of(report), form, status=200)
    first = entry(report, families)
    Visit(cast.ha).send(path_of(report), act(cast.ha, **cell(families, "12", first.pk)), status=200)

    again = Visit(cast.mai).send(path_of(report), form, status=409)
    named = kept_in(again)[str(families.uid)]
    later = act(cast.mai, **cell(families, "11", named))
    told = Visit(cast.mai).send(path_of(report), later, status=409)

    assert named == str(first.pk)
    assert " data-overtaken" in text_of(again)
    assert "Ông, bà nhập 10." in text_of(again)
    assert kept_in(told) == {}
    assert "Ông, bà nhập 11." in text_of(told)
    assert entry(report, families).text == "12"
    assert ReportCell.objects.count() == 2


def test_a_line_that_was_left_as_it_was_shown_names_what_was_shown(
    report: Report, cast: Cast, families: Measure
) -> None:
    """Nothing is entered; yet what counts by now is not taken for what the sender has seen."""
    fill(report, cast.mai, {families: "10"})
    shown = entry(report, families)
    fill(report, cast.ha, {families: "12"})
    form = act(cast.mai, **cell(families, "10", shown.pk))

    told = Visit(cast.mai).send(path_of(report), form, status=409)

    assert kept_in(told) == {str(families.uid): str(shown.pk)}
    assert " data-overtaken" in text_of(told)
    assert entry(report, families).text == "12"


def test_an_entry_that_says_the_same_overtakes_nobody(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.ha, {families: "12"})
    form = act(cast.mai, **cell(families, "12"))

    told = Visit(cast.mai).send(path_of(report), form, status=200)

    assert kept_in(told) == {str(families.uid): str(entry(report, families).pk)}
    assert ReportCell.objects.count() == 1


def test_another_account_sends_nothing_of_this_one(
    report: Report, cast: Cast, families: Measure
) -> None:
    form = act(cast.mai, **cell(families, "120"))

    told = Visit(cast.ha).send(path_of(report), form, status=412)
    page = Visit(cast.ha).send(path_of(report), {**form, "as": ""}, status=412)

    assert not ReportCell.objects.exists()
    assert " data-refused" in text_of(told)
    assert "120" in text_of(page)
    assert "Biểu này được lập cho một tài khoản khác" in text_of(page)


def test_only_the_form_of_a_report_and_the_outbox_may_be_kept(
    report: Report, cast: Cast, tam: User, families: Measure, schooled: Measure
) -> None:
    visit = Visit(cast.mai)
    assert visit.look(path_of(report)).headers["Lotrinh-Keep"] == str(cast.mai.uid)
    assert visit.look("/outbox/").headers["Lotrinh-Keep"] == str(cast.mai.uid)

    fill(report, cast.mai, {families: "120", schooled: "18/23"})
    hand_in(report, cast.mai)
    pages = [path_of(report), f"{path_of(report)}history/", "/", "/duties/", "/notices/"]
    assert [visit.client.get(path).headers.get("Lotrinh-Keep") for path in pages] == [None] * 5
    assert "Lotrinh-Keep" not in Visit(cast.thach).look(path_of(report)).headers


def test_a_script_learns_who_is_there_and_by_which_token_forms_are_sent(cast: Cast) -> None:
    visit = Visit(cast.mai)
    known, nobody = visit.look("/account/here/"), Visit().look("/account/here/")

    assert known.json()["account"] == str(cast.mai.uid)
    assert nobody.json()["account"] == ""
    assert known.headers["Cache-Control"] == "no-store"
    strict = Client(enforce_csrf_checks=True)
    token = strict.get("/account/here/").json()["token"]
    path, words = "/language/", {"language": "en", "next": "/"}
    assert strict.post(path, words).status_code == 403
    assert strict.post(path, words, headers={"X-CSRFToken": token}).status_code == 302


def test_the_worker_comes_from_the_root_and_names_its_scripts(cast: Cast) -> None:
    answer = Visit().look("/worker.js")

    code = text_of(answer)
    places = json.loads(code[code.index("{") : code.index(";\n")])
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert (places["here"], places["page"]) == ("/account/here/", "/outbox/")
    assert "/static/build/grid.js" in places["parts"]
    assert 'importScripts("/static/build/outbox.js", "/static/build/worker.js");' in code


def test_the_page_of_the_outbox_speaks_both_languages(cast: Cast) -> None:
    visit = Visit(cast.mai)
    assert "<h1>Chờ gửi từ thiết bị này</h1>" in text_of(visit.look("/outbox/"))
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)
    assert "<h1>Waiting on this device</h1>" in text_of(visit.look("/outbox/"))
