"""What ten running experiments cost a page: one server, the same visitors, with none and with ten in turns.

python -m tests.bench.arms, as JSON; `make bench ARGS=--experiments` writes its table.
"""

import json
import sys
import time

from tests.bench import stage

ROUNDS, VISITORS, PAGES_EACH = 6, 60, 8
PAGES = {"feed": "/", "product page": "/p/rose-serum", "profile": "/@mira-glows"}
SETTLED_S = 2.5  # more than variants.RELOAD_SECONDS
# Half of them draw the product page, the others another one, as experiments of a shop do.
CHANGES = {
    "about": {"about_title": {"en": "What it is"}},
    "reviews": {"reviews_title": {"en": "What buyers say"}},
    "questions": {"questions_title": {"en": "Asked and answered"}},
    "related": {"related_title": {"en": "More like this"}},
    "buy": {"buy_now_says": {"en": "Get it now"}},
    "anchor": {"anchor_delay_ms": 500},
    "card": {"card_button_says": {"en": "See it"}},
    "follow": {"follow_says": {"en": "Stay with us"}},
    "cart": {"cart_title": {"en": "Bag"}},
    "checkout": {"checkout_steps": True},
}


def drafted() -> None:
    from journey.models import Experiment, Variant

    Experiment.objects.update(state="stopped")  # those of the demo
    for slug, values in CHANGES.items():
        made = Experiment.objects.create(slug=f"bench-{slug}", name=slug)
        made.arms.create(slug="control")
        made.arms.create(slug="other", variant=Variant.objects.create(slug=f"bench-{slug}", name=slug, values=values))


def running(is_on: bool) -> None:
    from journey.models import Experiment

    Experiment.objects.filter(slug__startswith="bench-").update(state="running" if is_on else "draft")
    time.sleep(SETTLED_S)


def measured(port: int, pid: int) -> dict[str, dict[str, list[float]]]:
    """Page → "none" and "ten" → CPU of a page in ms, a figure a round. Who comes first changes with every round."""
    from tests.bench.pages import visitor_who_is_counted

    visitors = [visitor_who_is_counted(port) for _ in range(VISITORS)]
    found = {name: {"none": [], "ten": []} for name in PAGES}
    for turn in range(-1, ROUNDS):
        for is_on in (True, False) if turn % 2 else (False, True):
            running(is_on)
            for name, path in PAGES.items():
                before = stage.cpu_ms(pid)
                for visitor in visitors:
                    for _ in range(PAGES_EACH):
                        assert visitor.ask("GET", path)[0] == 200, path
                ms = (stage.cpu_ms(pid) - before) / (VISITORS * PAGES_EACH)
                if turn >= 0:  # what comes first is drawn for the first time
                    found[name]["ten" if is_on else "none"].append(ms)
    return found


def main() -> None:
    folder = stage.prepare()
    import django

    django.setup()
    from django.core.management import call_command

    with stage.broker(folder):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_demo", verbosity=0)
        drafted()
        with stage.web("config.settings") as server:
            sys.stdout.write(json.dumps(measured(*server)) + "\n")


if __name__ == "__main__":
    main()
