"""The reports in the admin: what one sees, what the address means, who may look."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from analytics.counting import count
from analytics.models import Journey
from journey.steps import Step
from journey.store import store, touch
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, HOUR, INTERESTED, TAPPED, WATCHED, batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop():
    """Three watch on a phone, two tap on a desktop, one of them buys; an hour ago."""
    at = now_us() - HOUR
    desktop = ("desktop", "Chrome", "direct", "anchor=late")
    store([batch(number, *WATCHED, at=at) for number in (1, 2)] + [batch(3, *INTERESTED, at=at)])
    store([batch(4, *TAPPED, at=at, context=desktop), batch(5, *BOUGHT, at=at, context=desktop)])
    count()


@pytest.fixture
def ask(admin_client):
    def get(**params):
        answer = admin_client.get(reverse("admin:analytics_funnel"), params)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return get


def test_the_answer_stands_before_the_picture_and_the_picture_before_the_table(shop, ask):
    page = ask(by="device")
    assert "Most stop between <strong>Watch</strong> and <strong>Interest</strong>: 2 of 5 journeys." in page
    places = [page.index(mark) for mark in ("Where do buyers stop?", "40.0 %", 'class="funnel"', "<table>")]
    assert places == sorted(places)


def test_a_rate_of_few_is_grey_and_says_its_n(shop, ask):
    assert "<small>n = 5</small>" in ask()


@pytest.mark.parametrize(("by", "values"), [("kind", ["visitor"]), ("device", ["phone", "desktop"])])
def test_a_split_has_a_row_a_value_that_opens_its_own_report(shop, ask, by, values):
    assert re.findall(r'title="Only this one">([^<]*)<', ask(by=by)) == values
    assert f"{by}: {values[0]}" in ask(**{by: values[0]}) or by == "kind"


def test_segments_are_sorted_by_the_link_in_the_head(shop, ask):
    rows = r'title="Only this one">([^<]*)<'
    assert re.findall(rows, ask(by="device", sort="1")) == ["desktop", "phone"]
    assert re.findall(rows, ask(by="device", sort="-1")) == ["phone", "desktop"]
    for nobody in ("nonsense", "7", "9" * 5_000):
        assert re.findall(rows, ask(by="device", sort=nobody)) == ["phone", "desktop"]


def test_fifty_segments_are_listed_and_the_rest_is_summed_up(ask):
    at = now_us() - HOUR
    store([batch(n, (0, Step.VIDEO_START, {"video": f"video-{n}"}), at=at) for n in range(1, 54)])
    count()
    assert len(re.findall('title="Only this one"', page := ask(by="video"))) == 50
    assert "3 others" in page


def test_a_file_has_every_segment(admin_client):
    at = now_us() - HOUR
    store([batch(n, (0, Step.VIDEO_START, {"video": f"video-{n}"}), at=at) for n in range(1, 54)])
    count()
    answer = admin_client.get(reverse("admin:analytics_funnel"), {"by": "video", "format": "csv"})
    assert len({line.split(",")[0] for line in answer.content.decode().splitlines()[1:]} - {"all"}) == 53


def test_only_the_experiment_that_is_asked_for_is_marked_as_chosen(shop, ask):
    both = ("phone", "Safari", "direct", "anchor=late;price=low")
    store([batch(6, *WATCHED, at=now_us() - HOUR, context=both)])
    count()
    marked = r'aria-current="true">(anchor|price)<'
    assert re.findall(marked, ask(by="variant")) == ["anchor"]
    assert re.findall(marked, ask(by="experiment:price")) == ["price"]
    assert re.findall(marked, ask(by="experiment:unknown")) == []


def test_nothing_to_show_is_said_with_a_way_out(shop, ask):
    page = ask(**{"from": "2020-01-01", "to": "2020-01-31"})
    assert "Nobody came to Watch in these days." in page
    assert 'href="?period=all">Show all days' in page
    assert 'href="/"' in page


def test_a_question_that_is_not_understood_is_said_and_the_usual_is_shown(shop, ask):
    page = ask(by="mood")
    assert "Journeys cannot be split by “mood”" in page
    assert "Most stop between" in page
    assert "There is no period “year”" in ask(period="year")


def test_a_file_is_refused_where_the_page_would_say_what_it_did_not_understand(shop, admin_client):
    answer = admin_client.get(reverse("admin:analytics_funnel"), {"by": "mood", "format": "csv"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("Journeys cannot be split by “mood”")


def test_simulated_journeys_are_announced_and_can_be_left_out(shop, ask):
    assert "Simulated journeys are counted" not in ask()
    store([batch(9, *BOUGHT, at=now_us() - HOUR, kind="simulated")])
    count()
    assert 'href="?kind=visitor">Leave them out' in ask()
    assert "Simulated journeys are counted" not in ask(kind="visitor")


def test_who_waits_to_be_counted_is_said(shop, ask):
    assert "Every step that arrived is counted." in ask()
    touch([1, 2])
    assert "2 participants wait to be counted." in ask()


def test_the_lost_of_the_chart_are_the_journeys_that_its_link_lists(shop, ask, admin_client):
    links = re.findall(r'class="lost" href="([^"]*)" title="See the (\d+)', ask())
    assert len(links) == 3
    for link, lost in links:
        listed = admin_client.get(link.replace("&amp;", "&")).context["cl"].queryset
        assert listed.count() == int(lost)


def test_what_is_shown_can_be_had_as_csv(shop, admin_client):
    answer = admin_client.get(reverse("admin:analytics_funnel"), {"by": "device", "format": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="funnel-stages.csv"'
    lines = answer.content.decode().splitlines()
    assert (len(lines), lines[1].split(",")[:3]) == (1 + 3 * 6, ["all", "Watch", "5"])


def test_the_page_asks_little_whatever_it_shows(shop, admin_client, django_assert_max_num_queries):
    for params in ({}, {"by": "device"}):
        with django_assert_max_num_queries(8):
            admin_client.get(reverse("admin:analytics_funnel"), params)


def test_one_journey_reads_as_a_line_of_time(shop, admin_client):
    journey = Journey.objects.get(participant=5)
    page = admin_client.get(reverse("admin:analytics_journey_change", args=[journey.pk])).content.decode()
    assert re.findall(r"<time>([^<]*)</time>", page) == [
        "0:00.0",
        "0:04.0",
        "0:09.0",
        "0:10.0",
        "0:40.0",
        "0:50.0",
        "1:39.0",
    ]
    assert "placed and paid an order" in page
    assert "order: K3V9" in page
    assert "49 s pause" in page


def test_journeys_are_found_by_the_code_of_their_participant(shop, admin_client):
    listed = admin_client.get(
        reverse("admin:analytics_journey_changelist"), {"q": Journey.objects.get(participant=5).code}
    )
    assert [journey.participant for journey in listed.context["cl"].queryset] == [5]
    assert admin_client.get(reverse("admin:analytics_journey_changelist"), {"q": "z" * 20}).status_code == 200


def test_only_staff_who_may_view_journeys_read_reports(client, django_user_model):
    url = reverse("admin:analytics_funnel")
    assert client.get(url).status_code == 302
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert client.get(url).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_journey"))
    assert client.get(url).status_code == 200


def test_journeys_cannot_be_changed_by_hand(shop, admin_client):
    journey = Journey.objects.get(participant=5)
    assert admin_client.post(reverse("admin:analytics_journey_delete", args=[journey.pk])).status_code == 403
    assert admin_client.get(reverse("admin:analytics_journey_add")).status_code == 403
