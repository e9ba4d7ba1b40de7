"""Who looks at the admin on a phone reads every page without pushing it sideways."""

import pytest

from tests.browser.phone import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.xdist_group("stack")]
PAGES = [
    "/admin/",
    "/admin/health/",
    "/admin/lost-steps/",
    "/admin/steps/",
    "/admin/analytics/funnel/?kind=all&funnel=path&by=device,source&compare=previous",
    "/admin/analytics/funnel/drop/?kind=all",
    "/admin/analytics/savedreport/add/",
    "/admin/analytics/journey/",
    "/admin/analytics/videoday/of/sleep-in-it/",
    "/admin/analytics/productday/of/cloud-pillow/",
    "/admin/analytics/diagnosis/",
    "/admin/analytics/diagnosis/video/sleep-in-it/",
    "/admin/analytics/schedule/1/change/",
    "/admin/journey/variant/",
    "/admin/journey/variant/add/",
    "/admin/journey/variant/compare/",
    "/admin/journey/experiment/add/",
    "/admin/journey/change/",
    "/admin/experiments/trust/",
    "/admin/experiments/clips/",
]
STUDY = """
from datetime import UTC, datetime, timedelta
from analytics.experiments.models import Unit
from journey.models import Experiment
from journey.omissions import draft_study
now, (made, _) = datetime.now(UTC), draft_study("support/body")
Experiment.objects.filter(pk=made.pk).update(state="stopped", started_at=now - timedelta(days=9), stopped_at=now)
Unit.objects.bulk_create(
    Unit(experiment=made.slug, arm=arm.slug, participant=9_000_000 + 1_000 * n + k, exposed_at=k,
         day=now.date() - timedelta(days=k % 9), reached=0b1111 if k < 40 + 20 * n else 0b1, kind="visitor",
         device="phone", visit="new", source="direct", browser="Chrome", crossed=False, before=0,
         revenue_cents=0, revenue_before_cents=0, refund_cents=0, tickets=0, errors=0)
    for n, arm in enumerate(made.arms.all()) for k in range(400)
)
print(made.slug)
"""
GONE = """
from analytics.experiments.models import Unit
from journey.models import Experiment
Unit.objects.filter(experiment="{slug}").delete()
Experiment.objects.filter(slug="{slug}").delete()
"""
CUT = """() => [...document.querySelectorAll("#result_list td")]
  .filter((cell) => cell.scrollHeight > cell.clientHeight + 1).map((cell) => cell.textContent.trim().slice(0, 60))"""


@pytest.fixture(scope="module")
def phone(browser, analyst):
    context = browser.new_context(
        **PHONE, base_url=analyst.evaluate("location.origin"), storage_state=analyst.context.storage_state()
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_the_phone(address, phone):
    assert phone.goto(address).status == 200
    assert phone.evaluate("document.documentElement.scrollWidth") == phone.evaluate("innerWidth") == 390


@pytest.fixture
def study(stack):
    """Four hundred people an arm have seen the page without one of its parts."""
    status, said = stack.run("shell", "-v0", "-c", STUDY)
    assert status == 0, said
    slug = said.split()[-1]
    yield slug
    assert stack.run("shell", "-v0", "-c", GONE.format(slug=slug))[0] == 0


def test_a_study_of_what_each_part_contributes_is_read_on_a_phone(study, phone):
    for address in (f"/admin/experiments/{study}/left-out/", f"/admin/experiments/{study}/"):
        test_no_page_is_wider_than_the_phone(address, phone)
    phone.goto(f"/admin/experiments/{study}/left-out/")
    parts = phone.locator("tbody tr")
    assert parts.count() > 3
    assert "saw the page without it" in parts.first.locator("td >> nth=0").evaluate(
        "cell => getComputedStyle(cell, '::after').content"
    )
    assert all(
        box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in (part.bounding_box() for part in parts.all())
    )


def test_what_was_changed_is_read_in_full(phone):
    phone.goto("/admin/journey/variant/add/")
    phone.fill("[name=name]", "For a phone")
    phone.fill("[name=slug]", "for-a-phone")
    phone.locator("[name=_save]").click()
    phone.goto("/admin/journey/change/")
    assert "for-a-phone" in phone.locator("#result_list").inner_text()
    assert phone.evaluate(CUT) == []
