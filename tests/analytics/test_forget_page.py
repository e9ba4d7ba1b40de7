"""Staff forgets participants: what goes and what stays is said first, and nobody is written down by it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from analytics.counts import recounting
from analytics.counts.collecting import settle
from analytics.forwarding.models import Outgoing
from analytics.models import Journey, StepCount
from analytics.screens import forget_page
from journey.models import Event, Forgotten, Participant
from journey.models.participant import code_of
from journey.store import store
from shop.models import Order
from tests.analytics.outgoing import happened, receivers  # noqa: F401
from tests.analytics.taken import WATCHED, batch
from tests.factories import SkuFactory
from tests.searching import places_of
from tests.shop.buying import bought

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ANNA = 4_711_081_500_001


@pytest.fixture
def anna(walker):
    """A tester who has bought something, and is known by a name that staff has corrected once."""
    order = bought(walker, SkuFactory())
    store([batch(walker.participant, *WATCHED)])
    settle()
    Participant.objects.filter(pk=walker.participant).update(label="Anna Sundown")
    return walker.participant, order


def chosen(client, *numbers, **more):
    form = {"action": "forget", "_selected_action": numbers} | more
    return client.post(reverse("admin:journey_participant_changelist"), form, follow=True)


def test_what_goes_and_what_stays_is_said_and_nothing_has_gone_yet(admin_client, anna):
    number, _ = anna
    page = chosen(admin_client, number)
    said = page.content.decode()
    assert "<strong>Anna Sundown</strong>?" in said
    assert {kept.title: kept.count for kept in page.context["goes"]}["Orders, with names and addresses"] == 1
    assert "What stays" in said
    assert "for 395 days" in said
    assert Participant.objects.get(pk=number).label == "Anna Sundown"


def test_they_are_forgotten_everywhere_and_the_log_says_who_did_it_but_not_whom_it_was(admin_client, admin_user, anna):
    number, order = anna
    admin_client.post(reverse("admin:journey_participant_change", args=[number]), {"label": "Anna Moonrise"})
    assert places_of("Anna Moonrise") == {"journey_participant.label", "django_admin_log.object_repr"}
    said = chosen(admin_client, number, sure="yes").content.decode()
    assert "One participant is forgotten." in said
    settle()
    assert places_of(number, str(number), code_of(number), order.code, order.buyer, "Anna Moonrise") == set()
    assert (Order.objects.count(), Journey.objects.count(), StepCount.objects.count()) == (0, 0, 0)
    log = LogEntry.objects.order_by("pk").values_list("user", "object_repr", "action_flag")
    assert list(log) == [(admin_user.pk, "forgotten", 2), (admin_user.pk, "forgotten", 3)]
    assert recounting.drift().differences == []


def test_several_go_at_once_and_the_others_stay(admin_client):
    store([batch(number, *WATCHED) for number in (1, 2, 3)])
    assert "<strong>1</strong> and <strong>2</strong>?" in chosen(admin_client, 1, 2).content.decode()
    chosen(admin_client, 1, 2, sure="yes")
    assert list(Participant.objects.values_list("pk", flat=True)) == [3]


def test_one_is_forgotten_from_their_own_page(admin_client):
    store([batch(ANNA, *WATCHED)])
    address = reverse("admin:journey_participant_forget_one", args=[ANNA])
    assert address in admin_client.get(reverse("admin:journey_participant_change", args=[ANNA])).content.decode()
    assert code_of(ANNA) in admin_client.get(address).content.decode()
    assert Participant.objects.filter(pk=ANNA).exists()
    gone = admin_client.post(address, {"sure": "yes"})
    assert (gone.status_code, gone["Location"]) == (302, reverse("admin:journey_participant_changelist"))
    assert (Participant.objects.count(), Forgotten.objects.count()) == (0, 1)
    assert admin_client.get(address).status_code == 404


def test_more_than_can_be_looked_for_are_refused(admin_client, monkeypatch):
    monkeypatch.setattr(forget_page, "MOST", 2)
    store([batch(number, *WATCHED) for number in (1, 2, 3)])
    assert "Choose 2 participants at most" in chosen(admin_client, 1, 2, 3, sure="yes").content.decode()
    assert Participant.objects.count() == 3


def test_who_may_not_delete_participants_forgets_nobody(client, django_user_model):
    helper = django_user_model.objects.create_user("helper", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["view_participant", "change_participant"]))
    client.force_login(helper)
    store([batch(ANNA, *WATCHED)])
    chosen(client, ANNA, sure="yes")
    assert client.post(reverse("admin:journey_participant_forget_one", args=[ANNA]), {"sure": "yes"}).status_code == 403
    assert Participant.objects.filter(pk=ANNA).exists()
    helper.user_permissions.add(Permission.objects.get(codename="delete_participant"))
    chosen(client, ANNA, sure="yes")
    assert not Participant.objects.filter(pk=ANNA).exists()


def test_whom_other_services_know_is_named_with_them_and_waits_for_them_no_longer(admin_client, receivers):  # noqa: F811
    happened(ANNA)
    Outgoing.objects.filter(destination="ga4").update(sent_at=1)
    said = chosen(admin_client, ANNA).content.decode()
    assert "What ga4 has been told." in said
    assert "Steps for other services" in said
    chosen(admin_client, ANNA, sure="yes")
    assert (Outgoing.objects.count(), Event.objects.count()) == (0, 0)
