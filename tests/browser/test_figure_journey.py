"""A plan figure goes down to a ward and comes back as a total: three clicks lead to the minutes.

The office of the city divides a target and decides it, sets up a regime and opens July; the ward
enters its figure while the network goes and comes, adds the minutes and hands in; the district
approves; and from the city's total three clicks lead to the ward's file.
"""

import re
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.accounts.selectors import user_by_sign_in_name
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.apps.units.selectors import unit_by_code
from tests import cluster
from tests.browser.conftest import Visitor
from tests.browser.test_outbox_journey import PATIENCE, put, sent_of
from tests.browser.test_outbox_journey import WORDS as OUTBOX
from tests.browser.test_period_report_journey import MINUTES, WORDS, report_of, step
from tests.browser.test_reporting_screens import GROUP
from tests.ledgers import make_measure
from tests.site import Site

pytestmark = pytest.mark.browser

OFFICE, WARD, DISTRICT = "van-phong-ubnd", "can-bo-ben-sen", "can-bo-ho-sen"
AMONG, BASIS = "quan-huyen-thi-xa", "1015/KH-UBND"
FOLDED = 90_000


@pytest.fixture
def target(site: Site, django_db_blocker: DjangoDbBlocker) -> Target:
    """A target of the city: 1,000 households, told month by month."""
    with django_db_blocker.unblock(), cluster.pointed_at(site.server, site.database):
        city, user = unit_by_code("tp-ha-noi"), user_by_sign_in_name(OFFICE)
        assert city is not None and user is not None
        measure = make_measure(owed_to=city, user=user)
        Measure.objects.filter(pk=measure.pk).update(accumulates=False)
        return Target.objects.select_related("measure").get(measure=measure)


def divided(office: Visitor, uid: UUID) -> None:
    """Draft the shares of the districts, lay them before the units, decide by a document."""
    page = office.page
    office.open(f"/targets/{uid}/divide/")
    page.select_option("[name=group]", AMONG)
    page.select_option("[name=method]", "equal")
    page.click("main form.lt-form button[type=submit]")
    page.wait_for_load_state()
    for act in ("consult", "decide"):
        form = page.locator(f"form:has(> input[name=act][value={act}])")
        if act == "decide":
            form.locator("[name=number]").fill(BASIS)
            form.locator("[name=difference_reason]").fill("Làm tròn đến hộ")
        form.locator("button[type=submit]").click()
        page.wait_for_load_state()
        office.check()
    expect(page.locator(f"main .lt-say a:has-text('{BASIS}')")).to_have_count(1)


def begun(office: Visitor, measure: UUID, name: str) -> None:
    """Set up a regime of this one measure and open July for its units."""
    page = office.page
    office.open("/regimes/new/")
    said = {
        "name": name,
        "legal_basis": BASIS,
        "since": "1/7/2024",
        "day_1": "17",
        "height_2": "1",
        "day_2": "21",
    }
    for field, words in said.items():
        page.fill(f"[name={field}]", words)
    chosen = {"kind": "month", "basis": "self_reported", "group": GROUP, "step_2": "approve"}
    for field, value in chosen.items():
        page.select_option(f"[name={field}]", value)
    page.locator(f"[name=measure][value='{measure}']").check()
    page.click("main form.lt-form .lt-form__acts .usa-button:not([name])")
    page.wait_for_load_state()
    page.click("[name=confirm]")
    page.wait_for_load_state()
    page.locator("main a[href*='first=2024-07-01']").click()
    page.wait_for_load_state()
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_load_state()
    assert "/collections/" in page.url


def reported(ward: Visitor, name: str, language: str) -> str:
    """Enter the ward's figure over a lost network, with the minutes; return its address."""
    words, page = WORDS[language], ward.page
    path = report_of(ward, name)
    ward.open(path)
    expect(page.get_by_text(OUTBOX[language]["here"])).to_be_visible(timeout=PATIENCE)
    ward.context.set_offline(True)
    put(page, 0, "340")
    expect(sent_of(page, 0)).to_contain_text(OUTBOX[language]["waits"])
    page.reload()
    expect(sent_of(page, 0)).to_contain_text(OUTBOX[language]["waits"])
    ward.context.set_offline(False)
    expect(sent_of(page, 0)).to_contain_text(OUTBOX[language]["received"], timeout=PATIENCE)
    page.locator("[data-line]").first.locator('a[href*="/files/?line="]').click()
    page.get_by_label(words["choose"]).set_input_files(MINUTES)
    page.get_by_role("button", name=words["file"]).click()
    expect(page.get_by_role("link", name="bien-ban.txt")).to_have_count(1)
    step(ward, words["hand_in"])
    return path


@pytest.mark.parametrize("language", ["vi", pytest.param("en", marks=pytest.mark.slow)])
def test_a_plan_figure_comes_back_as_a_total_with_the_ward_s_minutes(
    visit: Any, target: Target, language: str
) -> None:
    name = f"Báo cáo hộ được công nhận {language}"
    office, ward, district = visit(), visit(width=390), visit()
    for visitor, account in ((office, OFFICE), (ward, WARD), (district, DISTRICT)):
        visitor.sign_in(account)
        visitor.speak(language)
    divided(office, target.uid)
    begun(office, target.measure.uid, name)
    path = reported(ward, name, language)
    district.open(path)
    step(district, WORDS[language]["approve"])

    page = office.page
    total = page.locator("main .lt-say a.lt-door", has_text=re.compile(r"^340\b"))
    waited = 0
    office.open(f"/targets/{target.uid}/")
    while not total.count() and waited < FOLDED:
        page.wait_for_timeout(1000)
        waited += 1000
        office.open(f"/targets/{target.uid}/")
    total.first.click()
    page.locator("main table td.lt-num a", has_text=re.compile(r"^340\b")).click()
    with page.expect_download() as handed:
        page.get_by_role("link", name="bien-ban.txt").click()
    assert handed.value.path().read_bytes() == MINUTES["buffer"]
    office.check()
