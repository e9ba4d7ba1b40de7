"""Each verdict: just beyond its band, just within, below its gate, and with nothing known."""

import pytest

from analytics.diagnosis.cases import middle
from analytics.diagnosis.judging import judge
from analytics.diagnosis.middles import Middle
from analytics.diagnosis.prices import Against, Raised
from analytics.diagnosis.shop_side import Answers
from analytics.diagnosis.splits import Uneven
from analytics.diagnosis.verdicts import Need
from analytics.shares import Share
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures
from tests.analytics.cases import TODAY, case_of, keys, verdicts

NO_CARTS = {"cart_journeys": 6}
LONG = {"gallery": 500_000, "price": 400_000, "reviews": 200_000, "about": 100_000, "shipping": 150_000}

# verdict, what is changed of the video, of the product, and of the case around them
BROKEN = [
    ("D28", {}, {}, {"missing": 12_000}),
    ("D28", {"clicks": 6_100}, {}, {}),
    ("D28", {"orders": 60}, {}, {}),
    ("D01", {"participants": 4_000}, {}, {}),
    ("D01", {"watch": {"1": 6_000, "20": 4_000}}, {}, {}),
    ("D02", {"anchors_seen": 600, "clicks": 0}, {}, {}),
    ("D02", {"anchors_seen": 0, "anchor_after": {}, "clicks": 0}, {}, {}),
    ("D03", {"held_3s": 5_000}, {}, {}),
    ("D04", {"anchor_after": {"13": 700}, "watch": {"9": 9_300, "40": 700}, "anchors_seen": 700}, {}, {}),
    ("D05", {"clicks": 3, "dead_taps": 90}, {}, {}),
    ("D06", {"clicks": 3, "engagements": {"like": 900}}, {}, {}),
    ("D07", {"tapping_sources": {"tiktok": 2, "instagram": 200}, "clicks": 202}, {}, {}),
    ("D08", {"clicks": 3}, {}, {}),
    ("D09", {"bounces": 250}, {"load": {"45": 600}}, {}),
    ("D09", {"page_views": 480}, {}, {}),
    ("D09", {"bounces": 160}, {"load": {"45": 600}}, {"others_bounce": Share(60, 600)}),
    ("D10", {"bounces": 250}, {}, {}),
    ("D11", NO_CARTS, {"last_blocks": {"gallery": 200, "price": 300}, "dwell_ms": LONG | {"price": 4_000_000}}, {}),
    ("D13", NO_CARTS, {"last_blocks": {"gallery": 200, "reviews": 300}, "dwell_ms": LONG | {"reviews": 2_000_000}}, {}),
    ("D14", NO_CARTS, {"last_blocks": {"gallery": 200, "about": 300}, "dwell_ms": LONG | {"about": 1_000_000}}, {}),
    ("D19", NO_CARTS, {"last_blocks": {"gallery": 200, "shipping": 300}, "dwell_ms": LONG | {"shipping": 9**7}}, {}),
    ("D12", {}, {"coupons_seen": 60, "coupon_views": 30, "coupon_carts": 18}, {}),
    ("D15", {}, {"dead_ends": 50}, {}),
    ("D16", NO_CARTS, {"scrolled": {"0": 550, "25": 50}}, {}),
    ("D00", NO_CARTS, {}, {}),
    ("D17", {"cart_journeys": 200, "checkout_journeys": 40}, {}, {}),
    ("D18", {"addresses": 15}, {"checkout_cents": 160_000}, {}),
    ("D20", {"addresses": 15}, {"field_errors": {"zip": 40}}, {}),
    ("D20", {"addresses": 15}, {"checkout_cents": 160_000, "field_errors": {"zip": 40}}, {}),
    ("D21", {"failed_payments": 30}, {}, {}),
    ("D21", {"payments": 15, "orders": 15}, {}, {}),
    ("D22", {}, {"failing_browsers": {"Safari": 90}, "cart_browsers": {"Safari": 3, "Chrome": 57}}, {}),
    ("D23", {}, {"sold_out": {"sold_out": 200}}, {}),
    ("D24", {"later_orders": {"lamp": 80}}, {}, {}),
    ("D25", {"refunded": 14}, {}, {}),
    ("D26", {"tickets": 30, "outcomes": {"solved": 4, "csat:1": 8}}, {}, {}),
    (
        "D26",
        {"tickets": 30, "outcomes": {"solved": 29, "csat:1": 8}},
        {},
        {"answers": Answers((2.0,) * 14, (25.0,) * 6)},
    ),
    ("D26", {}, {}, {"answers": Answers((2.0,) * 7, (25.0,) * 8)}),
    ("D28", {}, {}, {"uneven": (Uneven("trust", "badges", Share(380, 1_000), 0.5, 1e-13),)}),
    ("D11", NO_CARTS, {}, {"price": Against(9_000, Middle(3_000, 2_000, 5_900, 7), 2_800, 90)}),
    ("D11", {}, {}, {"raised": Raised(TODAY, 1_000, 1_200, Share(60, 600), Share(10, 400))}),
]
# The same, a little less of it: the interval reaches the band.
NOT_BROKEN = [
    ("D28", {}, {}, {"missing": 9_900}),
    ("D28", {"clicks": 6_000}, {}, {}),
    ("D28", {"orders": 48}, {}, {}),
    ("D01", {"participants": 4_950}, {}, {}),
    ("D01", {"watch": {"1": 5_050, "20": 4_950}}, {}, {}),
    ("D02", {"anchors_seen": 5_550}, {}, {}),
    ("D03", {"held_3s": 5_950}, {}, {}),
    ("D04", {"anchor_after": {"13": 2_950}, "watch": {"9": 7_050, "40": 2_950}}, {}, {}),
    ("D05", {"clicks": 3, "dead_taps": 5}, {}, {}),
    ("D06", {"clicks": 3, "engagements": {"like": 600}}, {}, {}),
    ("D07", {"tapping_sources": {"tiktok": 18, "instagram": 200}}, {}, {}),
    ("D08", {"clicks": 24}, {}, {}),
    ("D09", {"bounces": 250}, {"load": {"29": 600}}, {}),
    ("D09", {"bounces": 110}, {"load": {"45": 600}}, {"others_bounce": Share(60, 600)}),
    ("D09", {"bounces": 160}, {}, {"others_bounce": Share(60, 600)}),  # and fast
    ("D10", {"bounces": 190}, {}, {}),
    ("D11", NO_CARTS, {"last_blocks": {"gallery": 200, "price": 300}}, {}),  # no longer than on any other block
    ("D12", {}, {"coupons_seen": 60, "coupon_views": 30, "coupon_carts": 4}, {}),
    ("D15", {}, {"dead_ends": 30}, {}),
    ("D16", NO_CARTS, {"scrolled": {"0": 460, "25": 140}}, {}),
    ("D00", {"cart_journeys": 28}, {}, {}),
    ("D17", {"cart_journeys": 120}, {}, {}),
    ("D18", {"addresses": 20}, {"checkout_cents": 160_000}, {}),
    ("D18", {"addresses": 15}, {"checkout_cents": 118_000}, {}),
    ("D21", {"failed_payments": 6}, {}, {}),
    ("D22", {}, {"failing_browsers": {"Safari": 20}, "cart_browsers": {"Safari": 3, "Chrome": 57}}, {}),
    ("D22", {}, {"failing_browsers": {"Safari": 90}}, {}),
    ("D23", {}, {"sold_out": {"sold_out": 130}}, {}),
    ("D24", {"later_orders": {"lamp": 34}}, {}, {}),
    ("D25", {"refunded": 7}, {}, {}),
    ("D26", {"tickets": 30, "outcomes": {"solved": 12, "csat:1": 8}}, {}, {}),
    ("D26", {"tickets": 30, "outcomes": {"solved": 4, "csat:5": 8}}, {}, {}),
    ("D26", {}, {}, {"answers": Answers((2.0,) * 20, (25.0,) * 4)}),
    ("D26", {}, {}, {"answers": Answers((2.0,) * 20, (23.0,) * 20)}),  # may all still be answered in time
    ("D26", {"tickets": 30, "outcomes": {"solved": 29, "csat:5": 8}}, {}, {"answers": Answers((25.0,) * 20)}),
    ("D11", NO_CARTS, {}, {"price": Against(9_000, Middle(3_000, 2_000, 6_100, 7), 2_800, 90)}),
    ("D11", {}, {}, {"price": Against(9_000, Middle(3_000, 2_000, 5_900, 7), 2_800, 90)}),  # and people want it
    ("D11", {}, {}, {"raised": Raised(TODAY, 1_000, 1_090, Share(60, 600), Share(10, 400))}),
    ("D11", {}, {}, {"raised": Raised(TODAY, 1_000, 1_200, Share(30, 600), Share(10, 400))}),  # nor before
    ("D11", {}, {}, {"raised": Raised(TODAY, 1_000, 1_200, Share(60, 600), Share(15, 400))}),
]
# As bad as above, of too few.
TOO_FEW = [
    ("D28", {}, {}, {"said": 900, "missing": 100}),
    ("D01", {"impressions": 290, "participants": 60}, {}, {}),
    ("D02", {"anchors_seen": 0, "watch": {"1": 9_800, "20": 200}, "held_3s": 9_000, "participants": 9_000}, {}, {}),
    ("D03", {"showings": 290, "held_3s": 100, "watch": {"3": 190, "20": 100}}, {}, {}),
    ("D08", {"anchors_seen": 290, "clicks": 0, "watch": {"20": 290}, "showings": 290}, {}, {}),
    ("D10", {"clicks": 90, "page_views": 90, "bounces": 60}, {}, {}),
    ("D00", {"clicks": 90, "page_views": 90, "page_journeys": 90, "cart_journeys": 0}, {}, {}),
    ("D15", {}, {"sku_sheets": 29, "dead_ends": 25}, {}),
    ("D17", {"cart_journeys": 39, "checkout_journeys": 4}, {}, {}),
    ("D18", {"checkouts": 39, "addresses": 4, "orders": 4, "payments": 4}, {"checkout_cents": 160_000}, {}),
    ("D21", {"orders": 5, "payments": 6, "addresses": 7, "failed_payments": 9}, {}, {}),
    ("D25", {"orders": 15, "refunded": 9, "payments": 15, "addresses": 16}, {}, {}),
    ("D26", {"tickets": 14, "outcomes": {"csat:1": 8}}, {}, {}),
    ("D26", {}, {}, {"answers": Answers((2.0,) * 2, (25.0,) * 12)}),
    ("D28", {}, {}, {"uneven": (Uneven("trust", "badges", Share(0, 99), 0.5, 1e-13),)}),
]


def test_a_sound_video_has_nothing_broken():
    assert keys() == [""]
    assert verdicts()[0].sentence == ("Nothing is broken: 32 orders of 600 taps, and every step holds its benchmark.")


@pytest.mark.parametrize(("key", "video", "product", "around"), BROKEN)
def test_a_broken_step_is_the_primary_cause(key, video, product, around):
    first = verdicts(video, product, **around)[0]
    assert (first.key, first.primary, first.certain) == (key, True, True)


@pytest.mark.parametrize(("key", "video", "product", "around"), NOT_BROKEN)
def test_a_step_whose_interval_reaches_its_band_is_not_broken(key, video, product, around):
    assert key not in keys(video, product, **around)


@pytest.mark.parametrize(("key", "video", "product", "around"), TOO_FEW)
def test_what_too_few_did_is_no_verdict(key, video, product, around):
    assert key not in keys(video, product, **around)


def test_every_verdict_is_among_the_broken_ones():
    told = {key for key, *_ in BROKEN}
    assert told == {f"D{number:02}" for number in range(29)} - {"D27"}


def test_of_nothing_known_it_is_too_early_to_tell():
    case = case_of()
    case.video, case.product = VideoFigures(video="new"), ProductFigures()
    (verdict,) = judge(case, TODAY)
    assert (verdict.key, verdict.certain, verdict.until) == ("D27", False, "when there are 300 taps")


def test_too_early_names_the_day_on_which_it_can_be_told():
    young = {"clicks": 150, "page_views": 150, "page_journeys": 150, "bounces": 15, "cart_journeys": 15, "orders": 8}
    (verdict,) = verdicts(young | {"checkouts": 12, "payments": 9, "addresses": 10}, days=15)
    assert verdict.sentence == "Too early to tell: 150 taps in 15 days. It takes 300 taps and 7 days."
    assert verdict.until == "about 16 November 2026"
    assert verdict.needs == (
        Need("taps", 150, 300, 15),
        Need("checkouts", 12, 40, 35),
        Need("orders", 8, 20, 23),
    )


def test_in_fewer_than_seven_days_nothing_is_certain():
    (verdict,) = verdicts({"clicks": 3}, days=6)
    assert not verdict.certain
    assert verdict.needs == (Need("taps", 3, 300, None), Need("days", 6, 7, 1))  # 594 days: no day is named


def test_while_steps_are_lost_everything_else_is_uncertain():
    told = verdicts({"held_3s": 5_000}, missing=12_000)
    assert [(verdict.key, verdict.certain, verdict.primary) for verdict in told] == [
        ("D28", True, True),
        ("D03", False, False),
    ]


def test_the_first_broken_step_is_primary_and_later_ones_follow():
    assert keys({"held_3s": 5_000, "refunded": 14, "checkout_journeys": 12}) == ["D03", "D17", "D25"]


def test_no_taps_at_all_are_evidence_only_of_many():
    """The rule of three: 0 of 600 is sure to be less than half a percent and a bit, 0 of 1,000 less than that."""
    for shown, key in ((600, "D27"), (1_000, "D08")):
        many = dict.fromkeys(("impressions", "participants", "showings", "held_3s", "anchors_seen"), shown)
        assert keys(many | {"watch": {"20": shown}, "clicks": 0, "engagements": {}})[0] == key


def test_the_price_is_evidence_where_the_page_is_not_what_the_video_promised():
    around = {"price": Against(9_000, Middle(3_000, 2_000, 5_900, 7), 2_800, 90)}
    first = verdicts({"bounces": 250}, **around)[0]
    assert (first.key, first.test.slug) == ("D10", "price-on-anchor")
    assert first.sentence.endswith("It costs 3.0 times the middle of its category.")
    dear = first.evidence[1]
    assert (dear.value, round(dear.low, 2), dear.high, dear.n, dear.unit) == (3.0, 1.53, 4.5, 7, "factor")


def test_a_product_is_judged_without_a_video():
    case = case_of(product={"cart_journeys": 6})
    case.video = None
    assert judge(case, TODAY)[0].key == "D00"


def test_every_evidence_of_a_share_has_an_interval_around_its_value():
    for _, video, product, around in BROKEN:
        for verdict in verdicts(video, product, **around):
            for piece in verdict.evidence:
                assert piece.low is None or 0 <= piece.low <= piece.value <= (piece.high or 0)
                assert piece.low is None or piece.unit != "share" or piece.high <= 1


def test_the_middle_of_a_spread():
    assert [middle(spread) for spread in ({}, {"3": 1}, {"1": 2, "9": 1}, {"1": 1, "10": 2})] == [0, 3, 1, 10]
