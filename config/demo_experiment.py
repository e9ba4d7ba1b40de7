"""The experiment that runs in the demo: does trust, shown early, sell?"""

from django.db import transaction

from journey.models import Arm, Experiment, Variant

TRUST_FIRST = ["gallery", "deal", "price_urgency", "assurances_badges", "reviews_short", "coupons", "title", "options"]
THE_REST = ["shipping", "reviews", "creator_videos", "shop_card", "about", "questions", "related"]


@transaction.atomic
def start_demo_experiment() -> bool:
    """Make and start it once; False when it is there already, whatever a person made of it since."""
    experiment, new = Experiment.objects.get_or_create(
        slug="trust",
        defaults={
            "name": "Trust first",
            "state": Experiment.State.RUNNING,
            "hypothesis": "Buyers who read returns, money back and one good review before anything else add more to"
            " their cart.",
        },
    )
    if not new:
        return False
    variant = Variant.objects.create(
        slug="trust-first",
        name="Trust first: badges and a review under the price",
        slots={"product/body": TRUST_FIRST + THE_REST},
    )
    variant.full_clean()
    Arm.objects.create(experiment=experiment, slug="control", weight=50)
    Arm.objects.create(experiment=experiment, slug="trust-first", variant=variant, weight=50)
    return True
