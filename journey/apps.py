"""The instrument: words, variants, events. Imports nothing of ours."""

from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "journey"
    verbose_name = "Journey"

    def ready(self) -> None:
        from journey import audit, remembered  # noqa: F401  they listen
