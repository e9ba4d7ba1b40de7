"""The reports in the admin: what one sees, what the address means, who may look."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict
from django.urls import reverse

from analytics.answers.cells import cell_from, ids
from analytics.answers.questions import FIELDS, funnel_from, question_from
from analytics.counts.counting import count
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
    assert re.search("between <strong>Watch</strong> and <strong>Interest</strong>: <a [^>]*>2 of 5 journeys</a>", page)
    places = [page.index(mark) for mark in ("At which of the six stages", "40.0 %", 'class="funnel"', "<table>")]
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


def test_whatever_is_not_as_usual_is_a_chip_that_takes_it_away(shop, ask):
    page = ask(by="device,source", video="rose-serum-in-a-week", compare="week", unit="participant", kind="all")
    chips = re.findall(r'title="Take this away">([^<]*) <', page)
    assert chips == [
        "entry video: rose-serum-in-a-week",
        "split by device",
        "split by source",
        "against same days last week",
        "counting participants",
        "who: everyone",
    ]


def test_boxes_of_the_form_are_several_fields(shop, admin_client):
    answer = admin_client.get(reverse("admin:analytics_funnel") + "?by=device&by=source")
    assert answer.context["question"].by == ("device", "source")
    boxes = re.findall(r'name="by" value="([^"]*)"( checked)?', answer.content.decode())
    assert [box for box, _ in boxes] == [*FIELDS]
    assert [box for box, checked in boxes if checked] == ["device", "source"]


def test_steps_of_an_address_are_drawn_and_stay_in_the_form(shop, ask):
    page = ask(steps="view_item,purchase", window="1h")
    assert 'type="hidden" name="steps" value="view_item,purchase"' in page
    assert "between <strong>view_item</strong>" not in page  # both who came to it bought


def test_the_values_of_a_field_are_offered_the_most_frequent_first(shop, admin_client):
    url = reverse("admin:analytics_values")
    assert admin_client.get(url, {"field": "device"}).json() == {"values": ["phone", "desktop"]}
    assert admin_client.get(url, {"field": "variant"}).json() == {"values": ["anchor=late"]}
    assert admin_client.get(url, {"field": "path"}).status_code == 400


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


def test_the_numbers_of_the_chart_open_their_journeys(shop, ask, admin_client):
    page = ask(by="device")
    numbers = re.findall(r'href="(/admin/analytics/journey/[^"]*)">([\d,]+)(?: lost)?<', page)
    assert len(numbers) == 1 + 4 + 3 + 6  # in the answer; counts and losses of the picture; cells of the table
    for link, number in numbers:
        params = QueryDict(link.replace("&amp;", "&").partition("?")[2]).dict()
        cell, asked = cell_from(params), question_from(params, funnel_from(params))
        assert len(ids(asked, cell)) == int(number)
        assert admin_client.get(link.replace("&amp;", "&")).context["cl"].result_count == int(number)


def test_what_is_shown_can_be_had_as_csv(shop, admin_client):
    answer = admin_client.get(reverse("admin:analytics_funnel"), {"by": "device", "format": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="funnel-stages.csv"'
    lines = answer.content.decode().splitlines()
    assert (len(lines), lines[1].split(",")[:3]) == (1 + 3 * 6, ["all", "Watch", "5"])


def test_the_page_asks_little_whatever_it_shows(shop, admin_client, django_assert_max_num_queries):
    url = reverse("admin:analytics_funnel")
    for params, most in (({}, 13), ({"by": "device"}, 13), ({"compare": "week"}, 16), ({"part": "trend"}, 6)):
        with django_assert_max_num_queries(most):
            admin_client.get(url, params)


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
