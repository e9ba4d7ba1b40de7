"""How mail leaves, read from EMAIL_URL: strictly, for a mail that is not sent is noticed late."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends"
# Scheme → port, TLS from the first byte, TLS after a greeting
SERVERS = {"smtp": (25, False, False), "smtp+tls": (587, False, True), "smtps": (465, True, False)}
WANTED = (
    "smtp+tls://name:password@mail.example.com:587 (or smtps:// with port 465, or smtp:// without encryption), "
    "file:, or console:"
)


class MailSettings(NamedTuple):
    """Django's settings EMAIL_…, in the order in which settings.py takes them."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_ssl: bool = False
    use_tls: bool = False
    file_path: str | None = None


def mail_settings(url: str, folder: Path) -> MailSettings:
    """What an EMAIL_URL says. Without one mails go nowhere: they are kept, and the list of mails says why."""
    if not url:
        return MailSettings(f"{BACKENDS}.dummy.EmailBackend")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _misunderstood() from None
    if parts.scheme == "console" and not parts.netloc:
        return MailSettings(f"{BACKENDS}.console.EmailBackend")
    if parts.scheme == "file" and not parts.netloc:
        return MailSettings(f"{BACKENDS}.filebased.EmailBackend", file_path=parts.path or str(folder))
    if parts.scheme not in SERVERS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise _misunderstood()
    if bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured("EMAIL_URL has a name or a password, but not both.")
    usual, ssl, tls = SERVERS[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailSettings(f"{BACKENDS}.smtp.EmailBackend", parts.hostname, port or usual, user, password, ssl, tls)


def _misunderstood() -> ImproperlyConfigured:
    # The address holds a password: it is not repeated.
    return ImproperlyConfigured(f"EMAIL_URL is not understood: it must be like {WANTED}.")
