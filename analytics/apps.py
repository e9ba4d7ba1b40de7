"""Counts what happened, and reports it."""

from django.apps import AppConfig
from django.conf import settings


class AnalyticsConfig(AppConfig):
    name = "analytics"

    def ready(self) -> None:
        from analytics.keeping import forgetting  # noqa: F401  it listens

        if settings.FORWARDING:
            from analytics.forwarding import outbox
            from journey import store

            store.after_insert.append(outbox.keep)
