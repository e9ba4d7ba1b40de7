"""The page of steps: its numbers against a count over the raw events."""

import re
import shutil
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from analytics.answers.questions import Question
from analytics.counts.counting import count
from analytics.counts.recounting import drift, recount_all
from analytics.instrument.step_checks import checks
from analytics.models import Journey, StepCount
from analytics.semantics.funnels import SIX_STAGES
from analytics.simulation import pipeline
from analytics.simulation.crowd import Period
from journey import origins
from journey.models import Event
from journey.models.participant import Participant
from journey.steps import Step
from journey.store import store
from journey.trails import now_us
from tests.analytics.taken import BOUGHT, DAY, HOUR, INTERESTED, SECOND, WATCHED, batch
from tests.analytics.world import END, WORLD

pytestmark = [pytest.mark.django_db, pytest.mark.both]

EVERYONE = Question(SIX_STAGES, kinds=frozenset(Participant.Kind.values))


@pytest.fixture
def ask(admin_client):
    def get(**params):
        answer = admin_client.get(reverse("steps"), params)
        assert answer.status_code == 200
        return answer

    return get


def of(step, found):
    return next(check for check in found if check.step is step)


def test_counts_last_times_and_properties_are_those_of_the_raw_events():
    pipeline.run(Period.before(END, days=3, seed=7, journeys=60), WORLD, lambda journeys: None)
    events = list(Event.objects.values_list("step", "at", "props"))
    carried = {
        step: Counter(name for letter, _, props in events if letter == step for name in props or {})
        for step, *_ in events
    }
    counted = Counter(letter for letter, *_ in events)
    found = {check.step.letter: check for check in checks(EVERYONE)}
    assert {letter: check.n for letter, check in found.items() if check.n} == counted
    for letter, check in found.items():
        assert check.sample == counted[letter], "fewer journeys than are sampled"
        assert dict(check.props) == {n: 100 * k / counted[letter] for n, k in carried.get(letter, {}).items()}
    # Exactly the last one, where it stands in the journey that began last of those that hold it.
    for letter, check in found.items():
        if check.n:
            last = Journey.objects.filter(path__regex=letter).order_by("-start").first()
            assert check.last == last.start + max(
                at - last.start
                for at, step in Event.objects.filter(
                    participant=last.participant, at__range=(last.start, last.stop)
                ).values_list("at", "step")
                if step == letter
            )


def test_a_day_is_counted_again_with_its_journeys():
    store([batch(1, *WATCHED), batch(2, *INTERESTED, kind="bot")])
    count()
    day = datetime(2026, 9, 21, tzinfo=UTC).date()
    rows = StepCount.objects.order_by("kind", "step").values_list("day", "kind", "step", "n")
    assert list(rows) == [(day, "bot", "a", 1), (day, "bot", "s", 1), (day, "visitor", "s", 1)]
    store([batch(1, *WATCHED)])
    count()
    assert list(rows.filter(kind="visitor")) == [(day, "visitor", "s", 2)]


def test_a_count_of_steps_that_was_tampered_with_is_found_and_put_right():
    store([batch(1, *BOUGHT)])
    count()
    assert drift().differences == []
    StepCount.objects.filter(step="B").update(n=9)
    StepCount.objects.filter(step="a").delete()
    assert drift().differences == [
        "('2026-09-21', 'visitor', 'a') is missing",
        "('2026-09-21', 'visitor', 'B'): n is 9 instead of 1",
    ]
    recount_all()
    assert drift().differences == []


def test_a_letter_is_not_its_capital():
    at = now_us() - HOUR
    store([batch(1, (0, Step.VIDEO_COMPLETE), at=at), batch(2, (0, Step.VIEW_CART), at=at + 60 * SECOND)])
    count()
    found = checks(EVERYONE)
    assert [of(step, found).last for step in (Step.VIDEO_COMPLETE, Step.VIEW_CART)] == [at, at + 60 * SECOND]


@pytest.fixture
def without_stumbles(settings, tmp_path):
    """The same code, but for one script."""
    for folder in ("shop", "journey", "templates"):
        (tmp_path / folder).symlink_to(settings.BASE_DIR / folder)
    shutil.copytree(settings.BASE_DIR / "static/journey", tmp_path / "static", ignore=lambda *_: ["stumbles.js"])
    settings.BASE_DIR = tmp_path
    origins.origins.cache_clear()
    yield
    origins.origins.cache_clear()


STUMBLES = {"rage_tap", "dead_tap", "web_vital", "script_error"}


def test_what_nothing_can_tell_and_what_was_not_seen_is_marked_loudly(without_stumbles, ask):
    store([batch(1, *WATCHED, at=now_us() - HOUR), batch(2, *BOUGHT, at=now_us() - HOUR, kind="simulated")])
    count()
    page = re.sub(r"\s+", " ", ask().content.decode())
    assert f"4 of {len(Step)} steps can be told by nothing in the code." in page
    assert set(re.findall(r'<tr class="impossible"> <th scope="row"><b>(\w+)</b>', page)) == STUMBLES
    unheard = re.findall(r'<tr class="unheard"> <th scope="row"><b>(\w+)</b>', page)
    assert set(unheard) == {step.value for step in Step} - STUMBLES - {"video_start"}


def test_simulated_steps_prove_nothing_unless_they_are_asked_for(ask):
    store([batch(2, *BOUGHT, at=now_us() - HOUR, kind="simulated")])
    count()
    assert of(Step.PURCHASE, [check for check, _ in ask().context["page"].rows]).unseen
    assert of(Step.PURCHASE, [check for check, _ in ask(kind="all").context["page"].rows]).n == 1


def test_a_week_is_looked_at_and_the_last_time_is_told_whenever_it_was(ask):
    store([batch(1, *WATCHED, at=now_us() - 9 * DAY)])
    count()
    page = ask()
    seen = of(Step.VIDEO_START, [check for check, _ in page.context["page"].rows])
    assert (seen.n, seen.unseen) == (0, True)
    assert "9 days ago" in page.content.decode()
    assert of(Step.VIDEO_START, [check for check, _ in ask(period="30").context["page"].rows]).n == 1


def test_the_page_can_be_read_before_anybody_came(ask):
    assert "Nobody walked through the shop in these days." in ask().content.decode()


def test_only_who_may_view_journeys_sees_the_steps(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.get(reverse("steps")).status_code == 403
