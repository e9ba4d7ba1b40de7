"""Counts what happened, and reports it."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"
