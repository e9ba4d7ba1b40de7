"""Ten running experiments: no page asks the database more, and a page is drawn once for all who see the same of it."""

from itertools import product as every

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journey.models import Experiment
from journey.variants import Design, design_for
from tests.bench.arms import CHANGES
from tests.factories import ArmFactory, ExperimentFactory, SkuFactory, VideoFactory
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def experiments_are_known(monkeypatch):
    """What other processes do with them is asked every two seconds, and must not fall into a count."""
    monkeypatch.setattr("journey.variants.RELOAD_SECONDS", 3600)


@pytest.fixture
def rose():
    made = SkuFactory().product
    VideoFactory(creator=made.creator, products=[made])
    return made


@pytest.fixture
def draws(monkeypatch) -> list[str]:
    """Names of the slots and templates that are drawn."""
    from journey.templatetags import journey as tags

    seen: list[str] = []
    for node in (tags.SlotNode, tags.TemplateNode):
        plain = node.draw
        monkeypatch.setattr(
            node, "draw", lambda self, context, plain=plain: seen.append(self.name) or plain(self, context)
        )
    return seen


def ten() -> None:
    for slug, values in CHANGES.items():
        experiment = ExperimentFactory(slug=slug, state="running")
        ArmFactory(experiment=experiment, slug="control", variant=None)
        ArmFactory(experiment=experiment, slug="other", variant__values=values)


def queries(rose, walker: Walker) -> list[int]:
    counts = []
    for name, args in (("feed", []), ("product", [rose.slug]), ("profile", [rose.creator.handle]), ("cart", [])):
        with CaptureQueriesContext(connection) as asked:
            walker.get(f"shop:{name}", *args)
        counts.append(len(asked))
    return counts


def test_no_page_asks_the_database_more(rose):
    """Neither for somebody new, once others have drawn what they see, nor for who was here before."""
    queries(rose, Walker())
    known = Walker()
    without = queries(rose, known), queries(rose, known)
    ten()
    for _ in range(3):
        queries(rose, Walker())
    caches["drawings"].clear()  # each of the ten may be drawn in two ways: all of them are, here
    for _ in range(40):
        queries(rose, Walker())
    known = Walker()
    assert (queries(rose, known), queries(rose, known)) == without
    assert Experiment.objects.filter(state="running").count() == 10


def test_what_an_experiment_elsewhere_changes_draws_no_page_anew(rose, draws, settings):
    """Ten experiments are a thousand designs: a page is not drawn for each of them."""
    settings.DEBUG = False
    for k in range(10):
        experiment = ExperimentFactory(slug=f"cart-{k}", state="running")
        ArmFactory(experiment=experiment, slug="control", variant=None)
        ArmFactory(experiment=experiment, slug="other", variant__values={"cart_title": {"en": f"Bag {k}"}})
    Walker().get("shop:product", rose.slug)
    Walker().get("shop:product", rose.slug)
    draws.clear()
    walkers = [Walker() for _ in range(12)]
    pages = [walker.get("shop:product", rose.slug) for walker in walkers]
    assert all(page.status_code == 200 for page in pages)
    assert len({event.context.arms for walker in walkers for event in walker.events}) > 6
    kept = {name for name in draws if name.startswith("product/")}
    assert kept == set()


def test_everybody_sees_their_own_design_in_whatever_order_pages_are_drawn(rose):
    """A block that another experiment brings reads a value that a third one changes."""
    body = ["price", "about_short"]
    for slug, more in {
        "body": {"variant__slots": {"product/body": body}},
        "title": {"variant__values": {"about_short_title": {"en": "Only this"}}},
        "about": {"variant__values": {"about_title": {"en": "All of it"}}},
    }.items():
        experiment = ExperimentFactory(slug=slug, state="running")
        ArmFactory(experiment=experiment, slug="control", variant=None)
        ArmFactory(experiment=experiment, slug="other", **more)
    seen = set()
    for _ in range(60):
        walker = Walker()
        page = walker.get("shop:product", rose.slug)
        arms = design_for(walker.participant).arms
        text, is_short = page.content.decode(), "body=other" in arms
        seen.add(arms)
        assert (drawn(page) == body) == is_short
        short, long = (
            ("Only this" if "title=other" in arms else "In short"),
            ("All of it" if "about=other" in arms else "About this product"),
        )
        assert [word in text for word in ("Only this", "In short")] == [
            is_short and short == word for word in ("Only this", "In short")
        ]
        assert [word in text for word in ("All of it", "About this product")] == [
            not is_short and long == word for word in ("All of it", "About this product")
        ]
    assert len(seen) == len([*every("ab", repeat=3)])


def test_a_stamp_tells_apart_only_what_is_asked_for():
    plain, other = Design({}, {"a": 1, "b": 1}, ""), Design({"s": ["x"]}, {"a": 1, "b": 2}, "x=y")
    names = [frozenset(some) for some in ({"a"}, {"a", "b"}, {"b@de"}, {"s"}, set())]
    assert [plain.stamp(some) == other.stamp(some) for some in names] == [True, False, False, False, True]


def test_what_is_kept_of_participants_stays_small(monkeypatch):
    monkeypatch.setattr("journey.variants.MOST_KEPT", 3)
    from journey import variants

    for number in range(1, 20):
        design_for(number)
        assert len(variants._read_lately().designs) <= 3


def test_what_was_dealt_stays_until_something_changes(monkeypatch):
    experiment = ExperimentFactory(slug="anchor", state="running")
    ArmFactory(experiment=experiment, slug="only")
    monkeypatch.setattr("journey.variants.RELOAD_SECONDS", -1)  # every question reads the database anew
    first = design_for(1)
    assert design_for(1) is first
    Experiment.objects.update(state="paused")  # by another process
    assert design_for(1).arms == ""
