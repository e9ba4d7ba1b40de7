"""The simulated buyers at a running shop: real requests, the same story."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from analytics.counts.collecting import settle
from analytics.simulation import browsing
from analytics.simulation.crowd import Period
from config.management.commands.simulate import shop_world
from journey.models import DeadEvent, Event, Participant
from journey.steps import Step
from shop import catalogue
from shop.models import Order, Ticket

PERIOD = Period.before(date(2026, 11, 1), days=30, seed=140, journeys=12)


@pytest.fixture
def report(live_server):
    catalogue.load()
    return browsing.run(PERIOD, shop_world(), live_server.url, 2, lambda journeys: None)


def test_buyers_click_through_the_shop_and_it_never_breaks(report):
    assert report.failed is False
    assert report.total.journeys == 12


def test_every_order_and_ticket_is_in_the_shop_and_among_the_events(report):
    settle()
    told = Counter(Event.objects.values_list("step", flat=True))
    assert (report.total.orders, report.total.tickets) == (1, 1)
    assert told[Step.PURCHASE.letter] == Order.objects.count() == report.total.orders
    assert told[Step.SUPPORT_OPEN.letter] == Ticket.objects.count() == report.total.tickets


def test_what_the_browsers_saw_is_understood_and_belongs_to_visitors(report):
    settle()
    assert DeadEvent.objects.count() == 0
    assert set(Participant.objects.values_list("kind", flat=True)) == {"visitor"}
    assert Participant.objects.count() == report.participants
    assert Event.objects.filter(step=Step.VIDEO_COMPLETE.letter).exists()


@pytest.mark.django_db
def test_a_shop_that_is_not_running_is_said_in_words():
    catalogue.load()
    with pytest.raises(CommandError, match=r"Nobody answers at http://127\.0\.0\.1:1"):
        call_command("simulate", through="http", base_url="http://127.0.0.1:1")
