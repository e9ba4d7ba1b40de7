"""Somebody known, for whoever forgets them."""

from tests.journey.known import forwarded, known  # noqa: F401
