"""Days and next steps in the sentence above a list."""

from datetime import date

import pytest

from analytics.listing.words import in_days, of_hops

MONDAY = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, ""),
        (MONDAY, None, "from 21 Sep 2026"),
        (None, MONDAY, "until 21 Sep 2026"),
        (MONDAY, MONDAY, "21 Sep 2026"),
        (date(2026, 11, 1), date(2026, 11, 7), "1–7 Nov 2026"),
        (date(2026, 10, 28), date(2026, 11, 3), "28 Oct – 3 Nov 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 Dec 2025 – 2 Jan 2026"),
    ],
)
def test_days_are_said_in_words(first, last, said):
    assert in_days(first, last) == said


def test_next_steps_are_said_in_words():
    assert of_hops(("search", "!view_cart|scroll", "*", "left")) == (
        "search, then anything but view cart or scroll, then anything, then left"
    )
