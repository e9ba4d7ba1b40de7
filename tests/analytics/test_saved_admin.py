"""Reports as staff meets them: the list, the form, the preview while it is written."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from analytics import saved
from analytics.counts.counting import count
from analytics.jobs.models import Job
from analytics.jobs.working import work
from analytics.models import FunnelCount
from analytics.saved.definitions import Definition
from analytics.saved.drafts import drafts, line_of
from analytics.saved.models import SavedReport
from analytics.saved.written import line, window
from analytics.semantics.funnels import FUNNELS
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, HOUR, TAPPED, batch

pytestmark = pytest.mark.django_db
LIST, ADD = reverse("admin:analytics_savedreport_changelist"), reverse("admin:analytics_savedreport_add")
PREVIEW = reverse("admin:analytics_savedreport_preview")
FORM = {
    "name": "Tap to buy",
    "question": "Who taps and does not buy?",
    "line": "select_promotion,view_item:optional,purchase:within=1h",
    "labels": "Tapped\n\nBought",
    "window": "1d",
    "order": "ordered",
    "attempt": "best",
    "unit": "journey",
    "period": "7",
    "by": "device",
    "kind": "all",
    "only": "source=direct",
}


@pytest.fixture
def shop():
    at = now_us() - HOUR
    store([batch(1, *BOUGHT, at=at), batch(2, *BOUGHT, at=at), batch(3, *TAPPED, at=at)])
    count()


def drawn(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_report_is_written_and_its_link_asks_all_that_is_usually_asked(shop, admin_client):
    answer = admin_client.post(ADD, FORM, follow=True)
    assert "“Tap to buy” is saved. Its counts are filled in now" in drawn(answer)
    kept = SavedReport.objects.get()
    assert (kept.slug, kept.version, kept.owner, kept.labels) == ("tap-to-buy", 1, "admin", ["Tapped", "", "Bought"])
    work(patience=60)
    page = drawn(admin_client.get(LIST))
    link = "/admin/analytics/funnel/?funnel=tap-to-buy&amp;period=7&amp;by=device&amp;kind=all&amp;source=direct"
    assert link in page
    assert "<b>2</b> of 3 came to Bought" in page
    report = drawn(admin_client.get(link.replace("&amp;", "&")))
    assert "Tap to buy" in report
    assert "source: direct" in report
    assert re.findall(r'title="Only this one">([^<]*)<', report) == ["phone"]


def test_those_that_are_always_there_are_listed_first_and_can_be_copied(shop, admin_client):
    admin_client.post(ADD, FORM)
    page = drawn(admin_client.get(LIST))
    places = [page.index(funnel.question.split("?")[0].replace("'", "&#x27;")) for funnel in FUNNELS.values()]
    assert places == sorted(places)
    assert page.index("Who taps and does not buy?") > places[-1]
    copy = admin_client.get(ADD, {"copy": "path"})
    assert line(FUNNELS["path"]) in copy.content.decode()


@pytest.mark.parametrize("slug", FUNNELS)
def test_a_copy_of_one_that_is_always_there_counts_the_same(shop, admin_client, slug):
    form = admin_client.get(ADD, {"copy": slug}).context["form"]
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = admin_client.post(ADD, values | {"name": "A copy", "slug": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    one, other = FUNNELS[slug], saved.find("a-copy")
    assert (other.steps, other.optional, other.window_us, other.order, other.labels) == (
        one.steps, one.optional, one.window_us, one.order, one.labels,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text", "beside", "sentence"),
    [
        ("line", "view_item,teleport", "line", "There is no step “teleport”"),
        ("line", "view_item:optional,purchase", "line", "The first step is never optional"),
        ("line", ",".join(["view_item"] * 21), "line", "A funnel has at most 20 steps."),
        ("window", "soon", "window", "“soon” is not a window"),
        ("only", "mood=good", "only", "There is no filter “mood”"),
        ("order", "any", "line", "Limits, exclusions and the first attempt need steps in an order."),
    ],
)
def test_what_cannot_be_counted_is_said_beside_its_field(shop, admin_client, field, text, beside, sentence):
    wrong = FORM | {field: text}
    page = admin_client.post(ADD, wrong)
    assert sentence in page.context["form"].errors[beside][0]
    assert page.context["form"][field].value() == text
    assert sentence in admin_client.post(PREVIEW, wrong).json()["wrong"][beside]
    assert not SavedReport.objects.exists()


def test_a_name_that_is_taken_is_refused_in_words(admin_client):
    admin_client.post(ADD, FORM)
    for name in ("Tap to buy", "Shop"):
        assert "choose another" in admin_client.post(ADD, FORM | {"name": name}).context["form"].errors["slug"][0]


def test_the_preview_draws_the_last_seven_days_and_keeps_nothing(shop, admin_client):
    store([batch(9, *BOUGHT, at=now_us() - 8 * 24 * HOUR)])
    count()
    answer = admin_client.post(PREVIEW, FORM | {"name": "", "question": "", "line": "select_promotion,purchase"}).json()
    assert (answer["wrong"], [step["takes"] for step in answer["steps"]]) == ({}, [["select_promotion"], ["purchase"]])
    assert re.findall(r'<p class="count">([^<]*)<', answer["html"]) == ["3", "2"]
    assert not SavedReport.objects.exists()


def test_an_edit_through_the_form_makes_a_new_version(shop, admin_client):
    admin_client.post(ADD, FORM)
    work(patience=60)
    change = reverse("admin:analytics_savedreport_change", args=[SavedReport.objects.get().pk])
    form = admin_client.get(change).context["form"]
    same = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    admin_client.post(change, same)
    assert (SavedReport.objects.get().version, Job.objects.count()) == (1, 1)
    admin_client.post(change, same | {"line": "select_promotion,purchase", "labels": ""})
    assert (SavedReport.objects.get().version, Job.objects.count()) == (2, 2)


def test_a_report_is_deleted_with_its_counts(shop, admin_client):
    admin_client.post(ADD, FORM)
    work(patience=60)
    kept = SavedReport.objects.get()
    admin_client.post(reverse("admin:analytics_savedreport_delete", args=[kept.pk]), {"post": "yes"})
    assert (SavedReport.objects.exists(), FunnelCount.objects.filter(funnel=kept.key).exists()) == (False, False)


def test_who_may_only_read_sees_the_list_and_cannot_write(client, django_user_model, shop):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert client.get(LIST).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_journey"))
    page = drawn(client.get(LIST))
    assert "New report" not in page
    assert [client.get(ADD).status_code, client.post(ADD, FORM).status_code] == [403, 403]
    assert not SavedReport.objects.exists()


@pytest.mark.parametrize("reports", [1, 3])
def test_the_list_asks_a_handful_of_queries_whatever_it_shows(
    shop, admin_client, django_assert_max_num_queries, reports
):
    for number in range(reports):
        admin_client.post(ADD, FORM | {"name": f"Report {number}"})
    work(patience=60)
    with django_assert_max_num_queries(9):
        admin_client.get(LIST)


@pytest.mark.parametrize(
    "text",
    ["view_item", "view_item,!refund|cancel,add_to_cart|view_cart:optional:within=10m:after=5s,purchase",
     "view_item[product=a,b|c:d],purchase"],
)  # fmt: skip
def test_a_line_taken_apart_is_the_same_line_again(text):
    assert line_of(drafts(text)) == text


def test_a_funnel_is_written_as_it_was_read():
    text = "view_item[product=lip-butter|serum,value>=2000],!view_order,view_cart|add_to_cart:optional,purchase"
    assert line(Definition(text).funnel("x", "X")) == text


def test_a_report_with_conditions_is_answered_from_events_and_never_counted(shop, admin_client):
    admin_client.post(ADD, FORM | {"line": "select_promotion[product=rose-serum],purchase", "labels": ""})
    funnel = saved.find("tap-to-buy")
    assert (Job.objects.count(), saved.is_counted(funnel), funnel in saved.counted()) == (0, False, False)
    assert "Counted when it is opened." in drawn(admin_client.get(LIST))
    answer = admin_client.post(PREVIEW, FORM | {"line": "select_promotion[product=rose-serum],purchase"}).json()
    assert re.findall(r'<p class="count">([^<]*)<', answer["html"]) == ["3", "2"]
    assert admin_client.get(ADD).context["builder"]["properties"]


def test_a_window_is_written_as_it_is_read():
    assert [window(us * 1_000_000) for us in (45, 90, 3_600, 129_600, 604_800)] == ["45s", "1m30s", "1h", "1d12h", "1w"]


def test_every_step_can_be_chosen_and_says_what_it_means(admin_client):
    page = admin_client.get(ADD).content.decode()
    for step in Step:
        assert f"<dt><code>{step.value}</code></dt>" in page
