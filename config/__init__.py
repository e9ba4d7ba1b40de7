"""Wires the house: settings, addresses, the worker. Owns no behaviour."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
