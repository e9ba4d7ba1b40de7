"""An experiment grows by itself, a step at a time, and stops itself when something is wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from analytics.experiments.ramping import plan_in_words, ramp_up
from journey import experimenting
from journey.models import Experiment, RampStep
from tests.analytics.experiments.test_results_page import exposed, text_of
from tests.factories import ArmFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def experiment():
    arm = ArmFactory(experiment__slug="body", slug="short", variant__slots={"product/body": ["price", "title"]})
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)
    Experiment.objects.update(share=5)
    made = Experiment.objects.get()
    for day, share in ((2, 25), (4, 100)):
        RampStep.objects.create(experiment=made, day=day, share=share)
    experimenting.start(made)
    return made


def share_after(experiment: Experiment, days: float) -> int:
    ramp_up(datetime.now(UTC) + timedelta(days=days))
    experiment.refresh_from_db()
    return experiment.share


def test_it_grows_on_its_days_and_a_step_at_a_time(experiment):
    assert [share_after(experiment, days) for days in (1, 2.01, 2.5, 3.9, 4.01)] == [5, 25, 25, 25, 100]
    assert [phase["share"] for phase in experiment.phases] == [5, 25, 100]


def test_what_a_pause_kept_waiting_does_not_come_all_at_once(experiment):
    long_ago = datetime.now(UTC) - timedelta(days=9)
    Experiment.objects.update(
        started_at=long_ago, phases=[{**experiment.phases[0], "at": int(long_ago.timestamp() * 1e6)}]
    )
    assert [share_after(experiment, days) for days in (0, 0.5, 1.01)] == [25, 25, 100]


def test_it_does_not_grow_while_it_stands_still(experiment):
    experimenting.pause(experiment)
    assert share_after(experiment, 3) == 5


def test_a_broken_split_stops_it_with_a_reason(experiment, admin_client):
    exposed("control", 3_000, 150)
    exposed("short", 2_500, 150, first=10_000)
    assert share_after(experiment, 3) == 5
    assert "it stopped at 5 %: The arms did not get the shares" in experiment.ramp_stopped
    assert "It grows no more by itself." in text_of(admin_client)
    assert plan_in_words(experiment) == experiment.ramp_stopped


def test_harm_stops_it_and_staff_lets_it_go_on(experiment, admin_client):
    exposed("control", 3_000, 150)
    exposed("short", 2_700, 150, first=10_000)
    exposed("short", 300, 0, first=20_000, errors=1)
    assert share_after(experiment, 3) == 5
    assert "Certainly more checkout errors a try to order." in experiment.ramp_stopped
    admin_client.post(reverse("experiment_results", args=["body"]), {"act": "resume_ramp"})
    experiment.refresh_from_db()
    assert experiment.ramp_stopped == ""


def test_steps_that_do_not_grow_are_refused_at_the_start(experiment):
    Experiment.objects.update(state="draft", started_at=None, share=30)
    experiment.refresh_from_db()
    with pytest.raises(ValidationError, match="30 % → 25 % → 100 %"):
        experimenting.start(experiment)


def test_weights_that_somebody_changes_are_written_down(experiment):
    arm = experiment.arms.get(slug="short")
    arm.weight = 10
    arm.save()
    experiment.refresh_from_db()
    assert [phase["weights"] for phase in experiment.phases] == [
        {"short": 50, "control": 50}, {"short": 10, "control": 50},
    ]  # fmt: skip
