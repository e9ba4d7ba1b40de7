"""Senders of mails are killed with -9 in the middle: every mail arrives, and one that came twice would be known."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from analytics.mailing.models import Mail
from tests.faults.programs import eventually
from tests.postbox import HANG, postbox

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True), pytest.mark.both]

SENDER = """
import sys
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = settings.DATABASES["default"]["TEST"]["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", int(sys.argv[2]), 20
from analytics.mailing.sending import send_waiting
print("sending", flush=True)
print(send_waiting(), flush=True)
"""


def sender(box):
    """A process of its own that sends what waits in the database of this test."""
    name = str(connection.settings_dict["NAME"])
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(settings.BASE_DIR)}
    command = [sys.executable, "-c", SENDER, name, str(box.port)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def waiting(n):
    Mail.objects.bulk_create(
        Mail(
            key=f"k{number}", kind="alert", about="alerts", to=f"r{number}@example.com", subject="s", text="t", html="h"
        )
        for number in range(n)
    )


def test_a_sender_killed_before_the_yes_leaves_its_mail_to_the_next():
    waiting(3)
    with postbox() as box:
        box.answers = {"END": HANG}
        first = sender(box)
        eventually(lambda: box.seen == 1, 30, "no mail was handed over")  # handed over, and not answered
        first.send_signal(signal.SIGKILL)
        first.wait()
        box.answers = {}
        assert Mail.objects.waiting().count() == 3
        assert sender(box).communicate()[0].split() == ["sending", "2"]  # one is still in the dead one's hands
        Mail.objects.update(taken_until=timezone.now())  # five minutes later
        assert sender(box).communicate()[0].split() == ["sending", "1"]
        assert Counter(to for to, _ in box.taken) == {f"r{number}@example.com": 1 for number in range(3)}


def test_five_senders_at_once_send_each_mail_once():
    waiting(40)
    with postbox() as box:
        crowd = [sender(box) for _ in range(5)]
        sent = [int(one.communicate()[0].split()[1]) for one in crowd]
        assert sum(sent) == 40
        assert Counter(to for to, _ in box.taken) == {f"r{number}@example.com": 1 for number in range(40)}
    assert not Mail.objects.waiting().exists()
