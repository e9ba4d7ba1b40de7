"""A view that says hello, and not one middleware."""

from tests.bench.floor.settings import *  # noqa: F403

MIDDLEWARE = []
