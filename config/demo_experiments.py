"""The experiments of the demo: two that run, one that was decided, one that must not be believed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from analytics.simulation.effects import Effect
from journey.models import Arm, Experiment, Variant
from journey.steps import Step

State = Experiment.State
READ_ON = ["shipping", "reviews", "creator_videos", "shop_card", "about", "questions", "related"]
TRUST_FIRST = ["gallery", "deal", "price_urgency", "assurances_badges", "reviews_short", "coupons", "title", "options"]
CLIPS_FIRST = ["creator_videos", "gallery", "deal", "price", "coupons", "title", "options", "shipping", "assurances"]

# What the simulated buyers do in these arms besides what the model makes of their designs. Nothing else knows of it.
DEMO_EFFECTS = {
    "trust=trust-first": Effect({Step.ADD_TO_CART: 0.12}),
    "invite=see-it": Effect({Step.SELECT_PROMOTION: 0.08}),
    "sooner=after-one": Effect({Step.SELECT_PROMOTION: 0.35, Step.ADD_TO_CART: 0.15}),
    # Three films start at once: on a slow line the page takes so long that a quarter has gone before it comes.
    "clips=clips-first": Effect(undelivered=0.25),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """A design against the control, and what became of it: days ago it began and ended."""

    slug: str
    name: str
    hypothesis: str
    arm: str
    design: str  # the variant's name
    draws: Mapping[str, Any]
    began: int
    ended: int = 0
    shipped: bool = False
    funnel: str = "shop"
    fields: Mapping[str, Any] = field(default_factory=dict)


DEMO_EXPERIMENTS = (
    Tried(
        "clips",
        "Clips first",
        "Who sees creators use a product before its pictures believe it, and put it into the cart.",
        "clips-first",
        "Clips first: creators' films above the gallery",
        {"slots": {"product/body": [*CLIPS_FIRST, "reviews", "shop_card", "about", "questions", "related"]}},
        began=30,
        ended=18,
        fields={"goal": "step:1", "secondary": ["step:3", "revenue"]},
    ),
    Tried(
        "sooner",
        "Anchor sooner",
        "Half of all viewers swipe on within six seconds. An anchor after one second instead of two and a half is seen"
        " by those who would have gone, and the wish is fresher.",
        "after-one",
        "Anchor after one second",
        {"values": {"anchor_delay_ms": 1000}},
        began=30,
        ended=9,
        shipped=True,
        funnel="stages",
        # What is counted by purchases would take ten times the buyers of the demo to be known.
        fields={
            "goal": "step:3",
            "guardrails": ["speed"],
            "bearable_percent": 10,
            "secondary": ["step:1", "step:4", "revenue", "refunds"],
        },
    ),
    Tried(
        "trust",
        "Trust first",
        "Buyers who read returns, money back and one good review before anything else add more to their cart.",
        "trust-first",
        "Trust first: badges and a review under the price",
        {"slots": {"product/body": TRUST_FIRST + READ_ON}},
        began=17,
        fields={"goal": "step:1", "secondary": ["step:2", "step:3", "revenue"]},
    ),
    Tried(
        "invite",
        "See it",
        "An anchor that invites (“See it: …”) is tapped more than one that only names the product.",
        "see-it",
        "Anchor says: See it",
        {"values": {"anchor_says": "invite"}},
        began=8,
        funnel="stages",
        fields={"goal": "step:3", "worth_percent": 10, "planned_days": 28},
    ),
)


@transaction.atomic
def start_demo_experiments() -> bool:
    """Make them once; False when they are there already, whatever a person made of them since."""
    if Experiment.objects.filter(slug__in=[tried.slug for tried in DEMO_EXPERIMENTS]).exists():
        return False
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for tried in DEMO_EXPERIMENTS:
        _make(tried, midnight)
    return True


def _make(tried: Tried, today: datetime) -> None:
    ended = today - timedelta(tried.ended) if tried.ended else None
    variant = Variant(slug=tried.arm, name=tried.design, **tried.draws)
    variant.full_clean()
    variant.shipped_at = ended if tried.shipped else None
    variant.save()
    experiment = Experiment.objects.create(
        slug=tried.slug,
        name=tried.name,
        hypothesis=tried.hypothesis,
        funnel=tried.funnel,
        started_at=today - timedelta(tried.began),
        stopped_at=ended,
        state=State.DECIDED if tried.shipped else State.STOPPED if ended else State.RUNNING,
        decision=f"shipped {tried.arm}" if tried.shipped else "",
        **tried.fields,
    )
    Arm.objects.create(experiment=experiment, slug="control", weight=50)
    Arm.objects.create(experiment=experiment, slug=tried.arm, variant=variant, weight=50)
