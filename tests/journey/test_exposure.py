"""Who is exposed to an experiment: those on a page that it draws, in every arm, and nobody else."""

import pytest

from journey.models import Experiment
from tests.factories import ArmFactory, SkuFactory
from tests.walker import Walker

pytestmark = pytest.mark.django_db
RUNNING = Experiment.State.RUNNING


@pytest.fixture
def product():
    return SkuFactory().product


def run(slug: str, **variant) -> None:
    """An experiment in which half see the control."""
    arm = ArmFactory(experiment__slug=slug, experiment__state=RUNNING, slug="other", **variant)
    ArmFactory(experiment=arm.experiment, slug="control", variant=None)


def exposed(walker) -> list[str]:
    return [event.props.get("exposed", "") for event in walker.events if event.n == 0]


def test_a_page_says_which_experiments_it_is_part_of(product, walker):
    run("body", variant__slots={"product/body": ["price", "title"]})
    run("anchor", variant__values={"anchor_delay_ms": 500})
    walker.get("shop:product", product.slug)
    walker.get("shop:cart")
    assert exposed(walker) == ["body", ""]


def test_the_feed_is_part_of_what_changes_its_anchor(product, walker):
    run("anchor", variant__values={"anchor_delay_ms": 500})
    walker.get("shop:feed")
    assert exposed(walker) == ["anchor"]


def test_who_is_shown_a_drawing_made_for_somebody_else_is_exposed_as_well(product):
    run("body", variant__slots={"product/body": ["price", "title"]})
    for walker in (Walker() for _ in range(8)):  # both arms, each drawn once and shown again
        walker.get("shop:product", product.slug)
        assert exposed(walker) == ["body"]


def test_nobody_is_exposed_to_an_experiment_that_stands_still(product, walker):
    run("body", variant__slots={"product/body": ["price", "title"]})
    Experiment.objects.filter(slug="body").update(state="stopped")
    walker.get("shop:product", product.slug)
    assert exposed(walker) == [""]
