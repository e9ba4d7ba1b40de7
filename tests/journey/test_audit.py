"""The log of changes: who, what, old and new, in words, whichever way it was done."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models.deletion import Collector
from django.urls import reverse

from analytics.models import FunnelCount, HourCount, ProductDay, StepCount, Unit, VideoDay
from journey import experimenting
from journey.models import Arm, Change, Event, Experiment, Variant
from tests.factories import ArmFactory, ExperimentFactory, VariantFactory
from tests.journey.test_experiments import drafted, press

pytestmark = pytest.mark.django_db
LOG = "admin:journey_change_changelist"


def told(**of) -> list[tuple[str, str, list[str]]]:
    """Oldest first: who, in what, the lines."""
    found = Change.objects.filter(**of).order_by("pk")
    return [(change.by, change.through, change.words.splitlines()) for change in found]


@pytest.fixture
def experiment():
    made = ExperimentFactory(slug="body", name="Short body")
    ArmFactory(experiment=made, slug="control", variant=None)
    ArmFactory(experiment=made, slug="short", variant=VariantFactory(name="Short", slots={"product/body": ["price"]}))
    Change.objects.all().delete()
    return made


def test_a_life_in_the_admin_is_told_with_who_lived_it(admin_client):
    draft = drafted(admin_client, VariantFactory(name="Short", slots={"product/body": ["price"]}))
    for button in ("start_it", "pause_it", "start_it", "stop_it"):
        press(admin_client, draft, button)
    made, *moved = told(subject="experiment", number=draft.pk)
    assert made[:2] == ("admin", "admin")
    assert made[2][0] == "made"
    assert [line for line in made[2] if line.startswith("arm ")] == [
        "arm control, made",
        "arm control, slug: control",
        "arm control, design: the control",
        "arm control, weight: 50",
        "arm other, made",
        "arm other, slug: other",
        "arm other, design: Short",
        "arm other, weight: 50",
    ]
    assert [line for _, _, (line,) in moved] == [
        "state: draft → running",
        "state: running → paused",
        "state: paused → running",
        "state: running → stopped",
    ]
    assert {change[:2] for change in moved} == {("admin", "admin")}


def test_arms_and_the_plan_of_a_draft_are_told_as_one_change(experiment, admin_client):
    arms = list(experiment.arms.all())
    form = {
        "slug": "body", "name": "Short body", "share": 50, "funnel": "shop", "reading": "always", "worth_percent": 5,
        "bearable_percent": 5, "planned_days": 14, "hypothesis": "Less is\r\nmore.",
        "arms-TOTAL_FORMS": 2, "arms-INITIAL_FORMS": 2, "ramp-TOTAL_FORMS": 0, "ramp-INITIAL_FORMS": 0,
        "arms-0-id": arms[0].pk, "arms-0-slug": "control", "arms-0-variant": "", "arms-0-weight": 80,
        "arms-1-id": arms[1].pk, "arms-1-slug": "short", "arms-1-variant": arms[1].variant_id, "arms-1-DELETE": "on",
        "arms-1-weight": 50,
    }  # fmt: skip
    admin_client.post(reverse("admin:journey_experiment_change", args=[experiment.pk]), form)
    ((by, through, lines),) = told()
    assert (by, through) == ("admin", "admin")
    wanted = {
        "hypothesis: nothing → Less is more.",
        "share of traffic: 100 → 50",
        "arm control, weight: 50 → 80",
        "arm short, removed",
    }
    assert wanted <= set(lines)


def test_what_is_measured_is_told_in_the_words_it_is_chosen_in(experiment):
    experiment.funnel, experiment.goal, experiment.secondary = "stages", "step:4", ["revenue"]
    experiment.guardrails = ["refunds", "gone-since"]
    experiment.save()
    ((_, _, lines),) = told()
    assert [line for line in lines if line.partition(":")[0] in ("funnel", "goal", "guardrails", "other metrics")] == [
        "funnel: Product page to purchase → Six stages of the buyer's path",
        "goal: nothing → Purchase",
        "guardrails: Refunds a purchase, Tickets a purchase, Checkout errors a try → Refunds a purchase, gone-since",
        "other metrics: nothing → Revenue a participant",
    ]


def test_what_a_design_draws_is_told_slot_by_slot_and_value_by_value(experiment):
    variant = Variant.objects.get()
    variant.slots, variant.values = {"product/body": ["price", "title"]}, {"anchor_delay_ms": 0}
    variant.save()
    assert told() == [("", "itself", ["slot product/body: price → price, title", "value anchor_delay_ms: nothing → 0"])]


def test_shipping_and_taking_back_are_told_of_the_experiment_and_of_the_design(experiment):
    experimenting.start(experiment)
    experimenting.stop(experiment)
    Change.objects.all().delete()
    experimenting.ship(experiment, experiment.arms.get(slug="short"))
    experimenting.take_back(Variant.objects.get())
    assert told(subject="experiment") == [
        ("", "itself", ["state: stopped → decided", "decision: nothing → shipped short"])
    ]
    assert told(subject="design") == [
        ("", "itself", ["shown to everyone: nothing → yes"]),
        ("", "itself", ["shown to everyone: yes → nothing"]),
    ]


def test_a_share_that_grows_is_told(experiment):
    Experiment.objects.update(share=20, state="running")
    experiment.refresh_from_db()
    experimenting.grow(experiment, 60)
    assert told() == [("", "itself", ["share of traffic: 20 → 60"])]


def test_what_was_refused_and_what_stayed_the_same_are_no_changes(experiment):
    with pytest.raises(ValidationError):
        experimenting.pause(experiment)
    experiment.save()
    Arm.objects.first().save()
    assert told() == []


def test_only_what_was_saved_is_told(experiment):
    experiment.name, experiment.share = "Other", 50
    experiment.save(update_fields=["share"])
    assert told() == [("", "itself", ["share of traffic: 100 → 50"])]


def test_the_log_outlives_what_it_is_about(experiment, admin_client):
    number = experiment.pk
    experiment.delete()
    assert told(number=number, subject="experiment")[-1][2] == ["removed"]
    assert "experiment Short body, which is gone" in admin_client.get(reverse(LOG)).content.decode()


@pytest.mark.parametrize("kind", ["experiment", "variant"])
def test_its_history_is_one_press_away(experiment, admin_client, kind):
    mine, other = (experiment, ExperimentFactory()) if kind == "experiment" else (Variant.objects.get(), None)
    other = other or VariantFactory()
    for row in (mine, other):
        row.name = f"New name {row.pk} of {row.slug}"
        row.save()
    history = reverse(f"admin:journey_{kind}_history", args=[mine.pk])
    form = admin_client.get(reverse(f"admin:journey_{kind}_change", args=[mine.pk])).content.decode()
    assert history in form
    page = admin_client.get(history, follow=True).content.decode()
    assert (mine.name in page, other.name in page) == (True, False)


def test_nobody_writes_the_log_by_hand(experiment, admin_client):
    experimenting.start(experiment)
    change = Change.objects.get()
    for act, args in (("add", []), ("delete", [change.pk])):
        assert admin_client.post(reverse(f"admin:journey_change_{act}", args=args), {"post": "yes"}).status_code == 403
    admin_client.post(reverse("admin:journey_change_change", args=[change.pk]), {"words": "nothing happened"})
    admin_client.post(reverse(LOG), {"action": "delete_selected", "_selected_action": [change.pk], "post": "yes"})
    assert told() == [("", "itself", ["state: draft → running"])]


def test_the_log_asks_the_same_few_questions_whatever_its_size(experiment, admin_client, django_assert_max_num_queries):
    for _ in range(3):
        VariantFactory()
    admin_client.get(reverse(LOG))
    with django_assert_max_num_queries(14):
        admin_client.get(reverse(LOG))


@pytest.mark.parametrize("model", [Event, FunnelCount, StepCount, HourCount, VideoDay, ProductDay, Unit])
def test_nobody_listens_to_the_deletion_of_what_there_are_millions_of(model):
    """Else every row is read before it is deleted."""
    assert Collector("default").can_fast_delete(model.objects.all())
