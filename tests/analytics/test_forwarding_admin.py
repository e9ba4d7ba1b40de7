"""Forwarding in the admin, and what the environment has to say to turn it on."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from analytics.forwarding.destinations import ALL
from analytics.forwarding.models import Outgoing
from analytics.forwarding.sending import forward
from config.destinations import DESTINATIONS
from tests.analytics.outgoing import KEYS, all_forwarded, happened, receivers, time_passes

__all__ = ["receivers"]
LIST = "admin:analytics_outgoing_changelist"
SHOWN = "import django, json; django.setup(); from django.conf import settings as s; from journey import store; print("
SHOWN += "json.dumps([s.FORWARDING, [n for n in s.CELERY_BEAT_SCHEDULE if n.startswith('forward')], "
SHOWN += "[h.__module__ for h in store.after_insert]]))"


def rows(page):
    """The cells of the table of destinations."""
    table = page.content.decode().split('class="told"')[1].split("</table>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[2:]]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


@pytest.mark.django_db
def test_the_page_says_how_each_destination_is(receivers, settings, admin_client):
    receivers["tiktok"].usual = 503
    receivers["posthog"].usual = 401
    happened()
    for name in receivers:
        forward(name)
    del settings.FORWARDING["posthog"]
    ga4, tiktok, posthog = rows(admin_client.get(reverse(LIST)))
    assert ga4 == ["ga4", "on", "0", "–", "3", "0", "–"]
    assert tiktok[:3] + tiktok[4:6] == ["tiktok", "on", "3", "0", "0"]
    assert re.fullmatch(r"It answered 503: .*\. Tried again in [\d.]+ m?s\.", tiktok[6].replace("&quot;", '"'))
    assert posthog[:6] == ["posthog", "off", "0", "–", "0", "4"]


@pytest.mark.django_db
def test_the_health_page_shows_what_waits(receivers, admin_client):
    happened()
    page = admin_client.get(reverse("health")).content.decode()
    assert re.findall(r'To be sent to (\w+)</th>\s*<td data-head="Now">(\d+) events', page) == [
        ("ga4", "3"),
        ("tiktok", "3"),
        ("posthog", "4"),
    ]


@pytest.mark.django_db
def test_what_failed_is_tried_again_from_the_list(receivers, admin_client):
    receivers["posthog"].usual = 401
    happened()
    forward("posthog")
    listed = admin_client.get(reverse(LIST), {"destination": "posthog", "state": "failed"}).content.decode()
    assert listed.count("It answered 401") == 5  # four rows, and the destination itself
    receivers["posthog"].usual = 200
    chosen = list(Outgoing.objects.values_list("pk", flat=True))
    answer = admin_client.post(reverse(LIST), {"action": "replay", "_selected_action": chosen}, follow=True)
    assert "4 will be sent again within seconds." in answer.content.decode()
    assert (forward("posthog"), Outgoing.objects.failed().count()) == (4, 0)


@pytest.mark.django_db
def test_what_was_sent_is_not_sent_again_by_whoever_selects_it(receivers, admin_client):
    happened()
    all_forwarded("posthog")
    chosen = list(Outgoing.objects.values_list("pk", flat=True))
    admin_client.post(reverse(LIST), {"action": "replay", "_selected_action": chosen})
    time_passes()
    assert (forward("posthog"), len(receivers["posthog"].posts)) == (0, 1)


@pytest.mark.django_db
def test_who_may_look_may_not_send_again(receivers, client, django_user_model):
    someone = django_user_model.objects.create_user("someone", password="x", is_staff=True)
    client.force_login(someone)
    assert client.get(reverse(LIST)).status_code == 403
    someone.user_permissions.add(Permission.objects.get(codename="view_outgoing"))
    assert client.get(reverse(LIST)).status_code == 200
    receivers["posthog"].usual = 401
    happened()
    forward("posthog")
    chosen = list(Outgoing.objects.values_list("pk", flat=True))
    client.post(reverse(LIST), {"action": "replay", "_selected_action": chosen})
    assert Outgoing.objects.failed().count() == 4


def started(**environment):
    """What a process with this environment is set to, or the last line of why it does not start."""
    clean = {name: value for name, value in os.environ.items() if name not in environment}
    env = clean | environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    run = subprocess.run([sys.executable, "-c", SHOWN], env=env, capture_output=True, text=True, check=False)
    return json.loads(run.stdout) if run.returncode == 0 else run.stderr.splitlines()[-1].split(": ", 1)[1]


def test_forwarding_is_off_unless_the_environment_turns_it_on():
    assert started(POSTHOG_API_KEY="key") == [{}, [], []]
    assert started(FORWARD_TO="posthog", POSTHOG_API_KEY="key", POSTHOG_URL="http://127.0.0.1:9/batch/") == [
        {"posthog": {"api_key": "key", "url": "http://127.0.0.1:9/batch/"}},
        ["forward to posthog"],
        ["analytics.forwarding.outbox"],
    ]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"FORWARD_TO": "meta"}, "FORWARD_TO names 'meta', but must be some of ga4, tiktok, posthog."),
        ({"FORWARD_TO": "ga4", "GA4_API_SECRET": "s"}, "FORWARD_TO names 'ga4': set GA4_MEASUREMENT_ID."),
        (
            {"FORWARD_TO": "posthog", "POSTHOG_API_KEY": "k", "POSTHOG_URL": "ftp://there"},
            "POSTHOG_URL is 'ftp://there', but must be an address that begins with https:// or http:// and has no"
            " question mark.",
        ),
    ],
)
def test_half_a_set_up_stops_the_start_in_a_sentence(environment, sentence):
    assert started(**environment) == sentence


def test_every_destination_has_its_keys_and_its_address():
    assert list(ALL) == list(DESTINATIONS) == list(KEYS)
    assert {name: [*keys, "url"] for name, keys in KEYS.items()} == {
        name: list(read()) for name, read in DESTINATIONS.items()
    }
