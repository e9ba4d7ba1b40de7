"""Long work as staff meets it: how far it is, stopping, going on, and its file."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from analytics.counts.counting import count
from analytics.exporting import jobs as event_files
from analytics.exporting.events import Wanted
from analytics.jobs import recount
from analytics.jobs.models import Job
from analytics.jobs.working import work
from journey.store import store
from tests.analytics.taken import BOUGHT, batch

pytestmark = pytest.mark.django_db
LIST = reverse("admin:analytics_job_changelist")


def at(name: str, *args) -> str:
    return reverse(f"admin:analytics_job_{name}", args=args)


@pytest.fixture
def shop():
    store([batch(n, *BOUGHT) for n in range(1, 4)])
    count()


def test_everyone_is_counted_again_at_the_press_of_a_button(shop, admin_client):
    page = admin_client.post(at("recount"), follow=True).content.decode()
    job = Job.objects.get()
    assert (job.owner, f'data-job="{at("state", job.code)}"' in page) == ("admin", True)
    assert admin_client.get(at("state", job.code)).json() == {
        "percent": 0, "words": "Waiting for its turn", "open": True,
    }  # fmt: skip
    work(patience=60)
    state = admin_client.get(at("state", job.code)).json()
    assert (state["percent"], state["open"]) == (100, False)


def test_work_is_stopped_and_goes_on_where_it_stopped(shop, admin_client):
    job = recount.order("admin")
    assert "It was stopped" in admin_client.post(at("cancel", job.code), follow=True).content.decode()
    assert "It had ended already." in admin_client.post(at("cancel", job.code), follow=True).content.decode()
    assert "It goes on where it stopped." in admin_client.post(at("again", job.code), follow=True).content.decode()
    work(patience=60)
    assert Job.objects.get().state == "done"


def test_a_file_is_downloaded_once_it_is_whole(shop, admin_client):
    job = event_files.order("jsonl", Wanted(), False, "events", "admin")
    assert admin_client.get(at("file", job.code)).status_code == 404
    work(patience=60)
    answer = admin_client.get(at("file", job.code))
    assert answer["Content-Disposition"] == 'attachment; filename="events.jsonl"'
    assert len(b"".join(answer.streaming_content).splitlines()) == 21


def test_a_large_file_of_events_is_ordered_where_a_small_one_is_downloaded(shop, admin_client):
    url = reverse("admin:analytics_journey_events")
    page = admin_client.post(url, {"format": "parquet", "later": "yes"}, follow=True).content.decode()
    job = Job.objects.get()
    assert (job.kind, job.parameters["format"], job.title in page) == ("events", "parquet", True)


def test_who_may_not_steer_sees_how_far_it_is_and_nothing_to_press(client, django_user_model, shop):
    job = recount.order("admin")
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(reader)
    assert [client.get(LIST).status_code, client.get(at("state", job.code)).status_code] == [403, 403]
    reader.user_permissions.add(Permission.objects.get(codename="view_journey"))
    assert "Count everyone again" not in client.get(LIST).content.decode()
    for name, args in (("recount", ()), ("cancel", (job.code,)), ("again", (job.code,))):
        assert client.post(at(name, *args)).status_code == 403
    assert Job.objects.get().state == "waiting"


def test_nothing_to_do_is_said(admin_client):
    assert "Nothing to do." in admin_client.get(LIST).content.decode()
