"""What ten running experiments cost a page: the same visitor asks for it with none and with ten, in turns.

In one process, in the thread that answers, and in its CPU time: a web server around it would add what is the same in
both, and a noise greater than what is sought. python -m tests.bench.arms, as JSON; `make bench ARGS=--experiments`
writes its table.
"""

import json
import math
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO

from tests.bench import stage
from tests.bench.pages import PHONE

VISITORS, PAGES_EACH = 400, 9
PAGES = {"feed": "/", "product page": "/p/rose-serum", "profile": "/@mira-glows"}
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


def known(is_on: bool):
    """What a process knows of experiments while those of CHANGES run, or none does."""
    from journey import variants
    from journey.models import Experiment

    Experiment.objects.filter(slug__startswith="bench-").update(state="running" if is_on else "draft")
    variants.forget()
    variants.running()
    return variants._known[1]


def visitors(many: int) -> Iterator[str]:
    """Cookies of people who have been here and have said yes."""
    from django.http import HttpResponse

    from journey import consent, middleware
    from journey.models.participant import new_participant

    for _ in range(many):
        answer = HttpResponse()
        consent.remember(answer, yes=True)
        middleware.remember(answer, new_participant())
        yield "; ".join(f"{name}={one.coded_value}" for name, one in answer.cookies.items())


def cpu_ms(application: Callable, path: str, cookies: str) -> float:
    """CPU of this thread for one page, from the question to the last byte."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_USER_AGENT": PHONE,
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_COOKIE": cookies,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    statuses: list[str] = []
    before = time.thread_time_ns()
    answer = application(environ, lambda status, headers, *_: statuses.append(status))
    b"".join(answer)
    answer.close()
    spent = time.thread_time_ns() - before
    assert statuses == ["200 OK"], (path, statuses)
    return spent / 1e6


def measured() -> dict[str, dict[str, list[float]]]:
    """Page → "none" and "ten" → CPU in ms of every page but a visitor's first; those of one moment stand at one place.

    Who comes first changes with every page; a first third of the visitors warms up. "dealt" is what the first page of
    somebody takes more in a process: ten arms are dealt.
    """
    from config.wsgi import application
    from journey import variants

    sides = {"none": known(False), "ten": known(True)}
    found = {name: {side: [] for side in sides} for name in PAGES}
    for k, cookies in enumerate(visitors(VISITORS * 4 // 3)):
        for name, path in PAGES.items():
            spent = {side: [] for side in sides}
            for turn in range(PAGES_EACH):
                for side in sides if (turn + k) % 2 else reversed(sides):
                    variants._known = math.inf, sides[side]  # never read anew
                    spent[side].append(cpu_ms(application, path, cookies))
            if k >= VISITORS // 3:
                for side, ms in spent.items():
                    found[name][side] += ms[1:]
    return found | {"dealt": {side: dealt(one) for side, one in sides.items()}}


def dealt(one) -> list[float]:
    from journey import variants
    from journey.models.participant import new_participant

    variants._known, spent = (math.inf, one), []
    for _ in range(VISITORS):
        participant, before = new_participant(), time.thread_time_ns()
        variants.design_for(participant, "phone")
        spent.append((time.thread_time_ns() - before) / 1e6)
    return spent


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
        sys.stdout.write(json.dumps(measured()) + "\n")


if __name__ == "__main__":
    main()
