"""What only the shop tells a diagnosis: how long tickets waited, what people wrote; and splits of experiments."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template

from analytics.diagnosis.asking import picture_of
from analytics.diagnosis.cards import card
from analytics.diagnosis.extras import Reader, extras_of
from analytics.diagnosis.pages import SubjectPage
from analytics.diagnosis.shop_side import Answers, Period, Sought, shop_side
from analytics.diagnosis.splits import uneven
from analytics.experiments.models import Unit
from config.unnamed import unnamed
from journey.models import Experiment, Participant
from shop.models import Ticket
from shop.models.messages import Message
from tests.analytics.cases import case_of, verdicts
from tests.factories import ArmFactory, ExperimentFactory, ProductFactory, ReviewFactory

NO_CARTS = {"cart_journeys": 6}
READ_LAST = {"last_blocks": {"gallery": 200, "reviews": 300}, "dwell_ms": {"reviews": 2_000_000, "gallery": 400_000}}
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
LAST = NOW.date() + timedelta(days=11)
TODAY = Period(NOW.date() - timedelta(6), NOW.date(), {"visitor"})


def ticket(product, waited_h, number=1, kind="visitor", opened=NOW, text="", order=None, **more):
    Participant.objects.get_or_create(number=number, defaults={"kind": kind, "first_seen": 0})
    answered = None if waited_h is None else opened + timedelta(hours=waited_h)
    made = Ticket.objects.create(
        buyer="b", participant=number, key=f"k{Ticket.objects.count()}", product=product, opened_at=opened,
        first_answer_at=answered, topic=more.pop("topic", "product"), order=order, **more,
    )  # fmt: skip
    if text:
        Message.objects.create(ticket=made, key="m", text=text)
    return made


def test_first_answers_are_those_of_the_days_and_the_people_asked_for(db):
    lamp, cup = ProductFactory(slug="lamp"), ProductFactory(slug="cup")
    ticket(lamp, 2), ticket(lamp, 30), ticket(cup, 1), ticket(None, 5, topic="other")
    ticket(lamp, 3, number=2, kind="staff")
    ticket(lamp, 4, opened=NOW - timedelta(days=9))
    assert shop_side().answers(TODAY, ["lamp"]) == {"lamp": Answers((2.0, 30.0))}
    assert set(shop_side().answers(TODAY, None)) == {"lamp", "cup", ""}


def test_a_ticket_that_nobody_answered_waits_until_now(db):
    ticket(ProductFactory(slug="lamp"), None)
    found = shop_side().answers(TODAY, ["lamp"])["lamp"]
    assert (found.answered, found.waiting[0] > 24, found.late.part) == ((), True, 1)


def test_words_are_shown_without_who_wrote_them_and_tickets_only_to_who_may_read_them(db):
    lamp = ProductFactory(slug="lamp")
    ReviewFactory(product=lamp, stars=2, author="Mia Wong", text="Overpriced! Mia Wong, mia@mail.example")
    ReviewFactory(product=lamp, stars=5, text="Worth every cent of its price")
    ReviewFactory(product=lamp, stars=1, text="Came in blue")
    ticket(lamp, 2, text="Why is the price higher now? Call me: 0171 2345678. Regards, Jo Miller")
    sought = Sought(("price", "overpriced"))
    public = [("Overpriced! …", "a review", 2)]
    assert [tuple(quote) for quote in shop_side().quotes("lamp", sought, TODAY, private=False)] == public
    private = [tuple(quote) for quote in shop_side().quotes("lamp", sought, TODAY, private=True)]
    assert private == [
        *public,
        ("Why is the price higher now? Call me: …. Regards, …", "a ticket: a question about a product", None),
    ]
    assert shop_side().quotes("lamp", Sought(), TODAY, private=True) == []


def test_what_people_write_cannot_break_the_page(db):
    case, verdict = case_of(NO_CARTS, READ_LAST), verdicts(NO_CARTS, READ_LAST)[0]
    ReviewFactory(product=ProductFactory(slug="lamp"), stars=1, text="<script>alert(1)</script> fake & broken")
    extras = extras_of(verdict, case, "product", "lamp", SubjectPage({}, "product", "lamp"), Reader())
    assert [quote.text for quote in extras.quotes] == ["<script>alert(1)</script> fake & broken"]
    drawn = Template("{% load diagnosis %}{% verdict_card card %}").render(Context({"card": card(verdict, extras)}))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; fake &amp; broken" in drawn
    assert "<script>" not in drawn


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mail jo@mail.example or @jo_m now", "Mail … or … now"),
        ("see https://x.example/me and www.me.example", "see … and …"),
        ("+49 (171) 234-5678 and 10115", "… and …"),
        ("Order 7k2m9qpx1z4w is late", "Order … is late"),
        ("I live at 12 Old Mill Road, come", "I live at …, come"),
        ("My name is Ada Byron. It broke", "My name is …. It broke"),
        ("It costs 129.00 instead of 99", "It costs 129.00 instead of 99"),
        ("Tell BYRON it broke", "Tell … it broke"),
        ("a" * 200, "a" * 179 + "…"),
    ],
)
def test_what_says_who_somebody_is_is_left_out(text, left):
    assert unnamed(text, ["Ada Byron"]) == left


def units(arm, n, first=1, kind="visitor"):
    empty = dict.fromkeys(
        ("reached", "before", "revenue_cents", "revenue_before_cents", "refund_cents", "tickets", "errors"), 0
    )
    rows = [
        Unit(
            experiment="trust",
            participant=number,
            kind=kind,
            arm=arm,
            day=NOW.date(),
            exposed_at=0,
            crossed=False,
            **empty,
        )
        for number in range(first, first + n)
    ]
    Unit.objects.bulk_create(rows)


@pytest.fixture
def trust(db):
    experiment = ExperimentFactory(slug="trust", state="running", started_at=NOW)
    ArmFactory(experiment=experiment, slug="control", variant=None, weight=50)
    ArmFactory(experiment=experiment, slug="badges", weight=50)
    return experiment


def test_arms_that_are_not_filled_as_planned_are_found(trust):
    units("control", 620), units("badges", 480, first=1_000), units("badges", 900, first=3_000, kind="bot")
    (found,) = uneven(None, NOW.date(), {"visitor"})
    assert (found.experiment, found.planned, found.got.whole) == ("trust", 0.5, 1_100)
    assert found.p == pytest.approx(2.4e-5, rel=0.05)
    assert uneven(None, NOW.date() - timedelta(1), {"visitor"}) == ()


def test_arms_as_chance_deals_them_are_no_fault(trust):
    units("control", 560), units("badges", 480, first=1_000)
    assert uneven(None, NOW.date(), {"visitor"}) == ()


def test_an_experiment_that_was_over_before_does_not_count(trust):
    units("control", 620), units("badges", 480, first=1_000)
    Experiment.objects.update(stopped_at=NOW + timedelta(days=1))
    assert len(uneven(NOW.date(), LAST, {"visitor"})) == 1
    assert uneven(NOW.date() + timedelta(2), LAST, {"visitor"}) == ()


def test_uneven_arms_are_a_fault_of_the_shop_and_of_no_single_video(trust):
    units("control", 620), units("badges", 480, first=1_000)
    picture = picture_of(None, NOW.date(), {"visitor"})
    assert len(picture.of_shop().uneven) == 1
    assert picture.of_video("clip").uneven == picture.of_product("lamp").uneven == ()
