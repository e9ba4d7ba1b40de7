"""Bots by behaviour, and what happens to the numbers when staff says otherwise."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Sum
from django.urls import reverse

from analytics.counts.bots import PACE_US, looks_like_a_bot
from analytics.counts.collecting import collect
from analytics.counts.counting import count
from analytics.counts.journeys import Taken
from analytics.counts.recounting import drift
from analytics.models import FunnelCount, Journey
from journey import agents
from journey.models import Event, Participant
from journey.models.participant import code_of
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import HOUR, MINUTE, WATCHED, batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PAGE, SEEN, ACT = Step.VIEW_ITEM.letter, Step.VIEW_BLOCK.letter, Step.ADD_TO_CART.letter


def walk(*events, every=60_000_000):
    """(letter, n) of events of one trail each, so many microseconds apart."""
    return [Taken(1, place * every, letter, 1, None, place, n) for place, (letter, n) in enumerate(events)]


@pytest.mark.parametrize(
    ("walks", "bot"),
    [
        ([walk((PAGE, 0), (PAGE, 0), (PAGE, 0))], True),
        ([walk((PAGE, 0)), walk((PAGE, 0), (PAGE, 0))], True),  # in two journeys
        ([walk((PAGE, 0), (PAGE, 0))], False),  # too few to tell
        ([walk((PAGE, 0), (PAGE, 0), (PAGE, 0), (SEEN, 1))], False),  # a script runs there
        ([walk((PAGE, 0), (PAGE, 0), (PAGE, 0), (ACT, 1))], False),  # somebody without script buys
        ([walk(*[(PAGE, 0), (SEEN, 1)] * 10, every=PACE_US // 2 - 1)], True),
        ([walk(*[(PAGE, 0), (SEEN, 1)] * 10, every=PACE_US // 2)], False),
        ([walk(*[(PAGE, 0), (SEEN, 1)] * 9, every=1_000)], False),  # old tabs that are opened again
        ([walk()], False),
    ],
)
def test_no_script_or_no_human_pace_is_what_a_bot_looks_like(walks, bot):
    assert looks_like_a_bot(walks) is bot


def pages(number, kind="visitor", **more):
    at = now_us() - HOUR
    return [batch(number, (0, Step.VIEW_ITEM), at=at + minute * MINUTE, kind=kind, **more) for minute in range(4)]


def counted():
    cells = FunnelCount.objects.filter(funnel="shop", field="").values_list("kind").annotate(journeys=Sum("n"))
    return dict(cells.order_by("kind"))


def test_a_visitor_who_looks_like_a_bot_is_counted_as_one_and_loses_nothing():
    store([*pages(1), batch(2, *WATCHED)])
    count()
    assert counted() == {"bot": 1, "visitor": 1}
    assert Participant.objects.get(pk=1).kind == "visitor"
    assert Event.objects.filter(participant=1).count() == 4
    store([batch(1, (0, Step.VIEW_ITEM), (1, Step.VIEW_BLOCK), at=now_us() - MINUTE)])
    count()
    assert counted() == {"visitor": 3}, "their browser has said something after all"
    assert drift().differences == []


@pytest.mark.parametrize("kind", ["simulated", "tester", "staff"])
def test_only_visitors_are_judged(kind):
    store(pages(1, kind))
    count()
    assert counted() == {kind: 1}


def test_who_was_imported_has_a_name_and_is_not_judged():
    store(pages(1))
    Participant.objects.update(label="customer 17")
    count()
    assert counted() == {"visitor": 1}


def test_a_crawlers_visit_is_stored_and_flagged_and_counts_only_when_asked_for(walker, admin_client):
    for _ in range(2):
        walker.client.get("/", headers={"user-agent": "Googlebot/2.1"})
    crawler = walker.participant
    assert [event.step for event in walker.events] == ["f", "f"]
    store([batch(1, *WATCHED, at=now_us() - MINUTE)])
    count()
    assert Journey.objects.get(participant=crawler).kind == "bot"
    usual = admin_client.get(reverse("admin:analytics_funnel"))
    assert usual.context["report"].units == 1
    page = re.sub(r"\s+", " ", usual.content.decode())
    link = re.search(r'1 journey of bots \(<a href="([^"]*)">count them too', page)[1].replace("&amp;", "&")
    included = admin_client.get(reverse("admin:analytics_funnel") + link)
    assert included.context["report"].units == 2
    assert "Not counted here" not in included.content.decode()


def test_what_staff_clicks_is_not_counted_neither_before_nor_after_they_sign_in(walker, admin_user):
    walker.get("shop:feed")
    assert walker.events
    count()
    assert counted() == {"visitor": 1}
    walker.client.force_login(admin_user)
    walker.get("shop:feed")
    assert walker.events
    count()
    assert counted() == {"staff": 1}
    assert drift().differences == []


def pin(client, action, *numbers):
    form = {"action": action, "_selected_action": numbers}
    return client.post(reverse("admin:journey_participant_changelist"), form, follow=True).content.decode()


def test_saying_that_a_bot_is_a_visitor_moves_the_numbers_exactly(admin_client):
    store(
        [*pages(1), *pages(2), batch(3, *WATCHED), batch(4, *WATCHED, kind="bot"), batch(5, *WATCHED, kind="simulated")]
    )
    count()
    assert counted() == {"bot": 3, "visitor": 1, "simulated": 1}
    assert "2 counted as visitor from now on" in pin(admin_client, "as_visitor", 1, 4)
    count()
    assert counted() == {"bot": 1, "visitor": 3, "simulated": 1}
    assert drift().differences == []
    pin(admin_client, "as_staff", 1)
    pin(admin_client, "as_bot", 3)
    pin(admin_client, "as_tester", 4)
    assert "1 stay what they are" in pin(admin_client, "as_visitor", 5)
    count()
    assert counted() == {"bot": 2, "staff": 1, "tester": 1, "simulated": 1}
    assert drift().differences == []


def test_participants_are_found_with_what_is_known_of_them(admin_client):
    store([*pages(1), batch(2, *WATCHED), batch(2, *WATCHED, at=now_us())])
    Participant.objects.filter(pk=2).update(label="Anna")
    count()
    url = reverse("admin:journey_participant_changelist")
    for search, number in (("Ann", 2), (code_of(1), 1)):
        found = admin_client.get(url, {"q": search}).context["cl"].result_list
        assert [row.pk for row in found] == [number]
    assert [row.walks for row in admin_client.get(url).context["cl"].result_list] in ([1, 2], [2, 1])
    page = admin_client.get(url).content.decode()
    assert "bot, by behaviour" in page
    link = re.search(r'href="([^"]*participant__exact=2)"', page)[1]
    assert admin_client.get(link).context["cl"].queryset.count() == 2


def test_the_list_asks_as_little_for_three_as_for_one(admin_client, django_assert_max_num_queries):
    store([batch(number, *WATCHED) for number in range(1, 4)])
    count()
    with django_assert_max_num_queries(9):
        admin_client.get(reverse("admin:journey_participant_changelist"))


def test_a_tester_is_invited_by_a_link_and_a_picture_of_it(admin_client, client):
    page = admin_client.get(reverse("admin:journey_participant_invite"), {"label": "Anna <3"})
    link = page.context["link"]
    assert "For Anna &lt;3" in page.content.decode()
    assert "<svg" in page.context["picture"]
    client.get(link, headers={"user-agent": "Mozilla/5.0 (iPhone) Mobile Safari/604.1"})
    collect()
    assert Participant.objects.values_list("kind", "label").get() == ("tester", "Anna <3")


def test_who_may_only_look_at_participants_neither_invites_nor_decides(client, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_participant"))
    client.force_login(reader)
    store([batch(7, *WATCHED)])
    assert client.get(reverse("admin:journey_participant_changelist")).status_code == 200
    assert client.get(reverse("admin:journey_participant_invite")).status_code == 403
    pin(client, "as_bot", 7)
    assert Participant.objects.get(pk=7).kind == "visitor"


def test_an_agent_is_looked_up_once():
    agents.is_crawler.cache_clear()
    for _ in range(3):
        agents.is_crawler("Googlebot/2.1")
    assert agents.is_crawler.cache_info().misses == 1
