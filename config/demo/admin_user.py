"""The demo's administrator: a password from the environment, or a random one kept where only its owner reads."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

from config.env import env_str

NAME = "admin"
CHANGED = "the one you chose"


def ensure_admin() -> str:
    """Make the user where there is none; returns the password, or words for one that was changed in the admin."""
    wanted = env_str("DEMO_ADMIN_PASSWORD", "")
    password = wanted or _kept_password(settings.DATA_DIR / "admin-password")
    users = get_user_model().objects
    user = users.filter(username=NAME).first() or users.create_superuser(NAME, password=password)
    if user.check_password(password):
        return password
    if not wanted:
        return CHANGED
    user.set_password(wanted)
    user.save()
    return wanted


def _kept_password(path: Path) -> str:
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(12))
    return path.read_text()
