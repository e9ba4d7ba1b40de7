"""Whatever design can be saved, every page it draws answers: buyers never see an error of an editor."""

import os

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from journey import designs, languages, variants
from journey.models import Arm, Experiment, Variant
from shop.models import Ticket
from tests.factories import AssuranceFactory, SkuFactory, VideoFactory
from tests.walker import Walker, drawn

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("DESIGNS", "25"))


def slots() -> st.SearchStrategy:
    """Some slots, each with what its page needs and any of its drawings, in any order."""
    return st.fixed_dictionaries({}, optional={name: blocks_of(name) for name in designs.known_slots()})


def blocks_of(slot: str) -> st.SearchStrategy:
    needed = designs.needed_blocks()[slot]
    others = [block for block in drawn_for(slot) if block not in needed]
    if not others:
        return st.permutations(needed)
    chosen = st.lists(st.sampled_from(others), min_size=0 if needed else 1, unique=True)
    return chosen.flatmap(lambda more: st.permutations([*needed, *more]))


def drawn_for(slot: str) -> list[str]:
    """The control's blocks, and drawings that no slot of this page uses: they stand in for others."""
    page = slot.partition("/")[0]
    used = {name: blocks for name, blocks in designs.known_slots().items() if name.startswith(f"{page}/")}
    elsewhere = {block for name, blocks in used.items() if name != slot for block in blocks}
    return [block for block in designs.drawings(page) if block not in elsewhere]


def words(known) -> st.SearchStrategy:
    """Any texts that fit, in any of the languages, with HTML and places in them."""
    text = st.one_of(
        st.text(
            st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="{}"), min_size=1, max_size=known.high
        ),
        st.sampled_from(["<b>", "'\"></a>", "W" * known.high, *(f"{{{place}}}" for place in known.places)]),
    ).filter(lambda text: text.strip() and len(text) <= known.high)
    return st.dictionaries(st.sampled_from(languages.codes()), text, min_size=1)


def value(known) -> st.SearchStrategy:
    if isinstance(known.control, bool):
        return st.booleans()
    if isinstance(known.control, int):
        return st.integers(known.low, known.high)
    return words(known) if known.is_words else st.sampled_from(known.choices)


def values() -> st.SearchStrategy:
    return st.fixed_dictionaries({}, optional={name: value(known) for name, known in designs.values().items()})


@pytest.fixture
def product():
    sku = SkuFactory(stock=9)
    sku.product.assurances.add(AssuranceFactory())
    VideoFactory(creator=sku.product.creator, products=[sku.product])
    return sku.product


@given(st.data())
@hypothesis_settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_design_that_can_be_saved_is_drawn(product, data):
    Experiment.objects.all().delete()
    Variant.objects.all().delete()
    variant = Variant(slug="any", name="any", slots=data.draw(slots()), values=data.draw(values()))
    variant.full_clean()
    variant.save()
    experiment = Experiment.objects.create(slug="any", name="any", state="running")
    Arm.objects.create(experiment=experiment, slug="any", variant=variant)
    variants.forget()
    walker, creator = Walker(), product.creator
    walker.client.defaults["HTTP_ACCEPT_LANGUAGE"] = data.draw(st.sampled_from(["en", "de", "fr"]))
    pages = [
        walker.get("shop:feed"),
        walker.get("shop:product", product.slug),
        walker.get("shop:profile", creator.slug),
        walker.get("shop:shop"),
        walker.get("shop:support"),
        walker.get("shop:open-ticket"),
        walker.get("shop:chat", creator.slug),
    ]
    walker.post("shop:add-to-cart", product.slug, sku=product.skus.get().code, quantity=1)
    walker.post("shop:open-ticket", key="k", topic="other", text="Hello?")
    ticket = Ticket.objects.latest("pk").code
    pages += [walker.get("shop:cart"), walker.get("shop:mini-cart"), walker.get("shop:checkout")]
    pages += [walker.get("shop:orders"), walker.get("shop:ticket", ticket)]
    assert [page.status_code for page in pages] == [200] * len(pages)
    if blocks := variant.slots.get("product/body"):
        shown = drawn(pages[1])
        assert shown == [block for block in blocks if block in shown]  # in the order of the design
