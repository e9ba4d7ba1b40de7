"""The demo's administrator: a password from the environment, or a random one kept where only its owner reads."""

from django.conf import settings
from django.contrib.auth import get_user_model

from config.env import env_str, kept_secret

NAME = "admin"
MAIL = "admin@example.com"  # a demo keeps its mails: they lie in DATA_DIR and in the admin
CHANGED = "the one you chose"


def ensure_admin() -> str:
    """Make the user where there is none; returns the password, or words for one that was changed in the admin."""
    wanted = env_str("DEMO_ADMIN_PASSWORD", "")
    password = wanted or kept_secret(settings.DATA_DIR / "admin-password", 12)
    users = get_user_model().objects
    user = users.filter(username=NAME).first() or users.create_superuser(NAME, MAIL, password)
    if user.check_password(password):
        return password
    if not wanted:
        return CHANGED
    user.set_password(wanted)
    user.save()
    return wanted
