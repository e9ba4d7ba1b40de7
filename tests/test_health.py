"""Is it alive, can it work, and what waits where."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import DatabaseError, connection
from django.urls import reverse

from config import buffers
from journey import sink, streams
from tests.journey.test_sink import batch


def test_alive_asks_nobody_else(client):
    # Without the mark for the database, any query fails the test.
    assert client.get("/healthz/live").content == b"ok\n"


@pytest.mark.django_db
def test_ready_says_where_events_go(client, settings, monkeypatch):
    assert client.get("/healthz/ready").json() == {"ready": True, "database": "answers", "events": "stream"}
    monkeypatch.setattr(sink.breaker, "closed_until", float("inf"))
    assert client.get("/healthz/ready").json()["events"] == "spool"
    settings.SPOOL_LIMIT = 0
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["events"]) == (200, "refused")


@pytest.mark.django_db
def test_without_a_database_nobody_is_sent_here(client, monkeypatch):
    def away():
        raise DatabaseError("away")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")


@pytest.mark.django_db
def test_the_health_page_shows_every_buffer_and_what_is_wrong(client):
    client.force_login(User.objects.create_superuser("ada"))
    sink.send(batch())
    text = client.get(reverse("health")).content.decode()
    assert "1 batches, 0 of them in a worker" in text
    assert "No worker answers: start one with celery -A config worker." in text
    assert [row.name for row in buffers.Buffers().rows] == [
        "Stream", "Memory of the broker", "Spool", "To be counted", "Dead events",
    ]  # fmt: skip


@pytest.mark.django_db
def test_without_a_broker_the_health_page_says_so(client, settings):
    client.force_login(User.objects.create_superuser("ada"))
    settings.STREAM_URL = "unix:///nowhere/at/all.sock"
    streams.stream.cache_clear()
    try:
        answer = client.get(reverse("health"))
    finally:
        streams.stream.cache_clear()
    assert answer.status_code == 200
    assert "cannot be read" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("may", "status"), [([], 403), (["view_deadevent"], 200)])
def test_only_who_may_see_dead_events_sees_the_health_page(client, may, status):
    staff = User.objects.create_user("sam", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(staff)
    assert client.get(reverse("health")).status_code == status
