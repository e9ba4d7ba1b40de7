"""The shop's settings for processes that are to be broken; WITHOUT names a guard that is switched off in them.

Only tests start processes with these settings: the product reads nothing of this.
"""

import os

from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

# What is drawn looks the same with plain file names, and a start need not squeeze them.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.unguarded.Unguarded"]
WITHOUT = os.environ.get("WITHOUT", "")
CLOCK_OFF_SECONDS = float(os.environ.get("CLOCK_OFF_SECONDS") or 0)
KILLED_BY = os.environ.get("KILLED_BY", "")

if patience := os.environ.get("SQLITE_PATIENCE"):
    DATABASES["default"]["OPTIONS"]["timeout"] = float(patience)
if WITHOUT == "an answer in words":
    MIDDLEWARE = [name for name in MIDDLEWARE if name != "shop.busy.BusyMiddleware"]
