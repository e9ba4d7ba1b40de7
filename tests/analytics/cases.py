"""A video and its product page where nothing is wrong, as figures; and the same with something changed."""

from dataclasses import replace
from datetime import date
from typing import Any

from analytics.diagnosis.bands import default_bands
from analytics.diagnosis.cases import Case
from analytics.diagnosis.judging import judge
from analytics.diagnosis.verdicts import Verdict
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures

TODAY = date(2026, 11, 1)
VIDEO: dict[str, Any] = {
    "video": "clip",
    "participants": 9_000,
    "impressions": 10_000,
    "starts": 10_000,
    "showings": 10_000,
    "held_3s": 7_000,
    "watch_ms": 60_000_000,
    "watch": {"1": 1_000, "5": 2_000, "9": 2_000, "20": 5_000},
    "anchors_seen": 6_000,
    "anchor_after": {"3": 6_000},
    "clicks": 600,
    "page_views": 600,
    "page_journeys": 600,
    "click_journeys": 600,
    "bounces": 60,
    "cart_journeys": 60,
    "checkout_journeys": 48,
    "checkouts": 48,
    "addresses": 40,
    "payments": 36,
    "orders": 32,
    "order_cents": 112_000,
    "engagements": {"like": 300},
    "sources": {"tiktok": 4_000, "instagram": 2_000},
    "tapping_sources": {"tiktok": 400, "instagram": 200},
    "clicked": {"lamp": 600},
}
PRODUCT: dict[str, Any] = {
    "product": "lamp",
    "page_views": 600,
    "journeys": 600,
    "loads": 600,
    "load": {"9": 600},
    "browsers": {"Safari": 300, "Chrome": 300},
    "cart_browsers": {"Safari": 30, "Chrome": 30},
    "exits": 540,
    "blocks": {"gallery": 500, "price": 400, "reviews": 200, "about": 100, "shipping": 150},
    "dwell_ms": {"gallery": 1_500_000, "price": 1_200_000, "reviews": 600_000, "about": 300_000, "shipping": 450_000},
    "last_blocks": {"gallery": 300, "price": 60, "reviews": 60, "about": 60, "shipping": 60},
    "scrolled": {"0": 250, "25": 150, "50": 100, "90": 100},
    "coupons_seen": 300,
    "coupon_views": 100,
    "coupon_carts": 12,
    "sku_sheets": 70,
    "dead_ends": 7,
    "cart_journeys": 60,
    "checkout_journeys": 48,
    "checkouts": 48,
    "checkout_cents": 110_000,
    "expected_cents": 108_000,
    "field_errors": {"zip": 5},
    "orders": 32,
    "order_cents": 112_000,
}


def case_of(video: dict[str, Any] | None = None, product: dict[str, Any] | None = None, **more: Any) -> Case:
    found = VideoFigures(**VIDEO | (video or {})), ProductFigures(**PRODUCT | (product or {}))
    return replace(Case(default_bands(), *found, days=30, said=200_000, missing=200), **more)


def verdicts(video: dict[str, Any] | None = None, product: dict[str, Any] | None = None, **more: Any) -> list[Verdict]:
    return judge(case_of(video, product, **more), TODAY)


def keys(*changes: Any, **more: Any) -> list[str]:
    return [verdict.key for verdict in verdicts(*changes, **more)]
