"""The shop without its instrument: pages are drawn as the control, nothing is recorded."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE as ALL

MIDDLEWARE = [name.replace("journey.middleware.JourneyMiddleware", "tests.bench.quiet.QuietMiddleware") for name in ALL]
