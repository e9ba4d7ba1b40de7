"""EMAIL_URL: what it may say, and the sentence when it says something else."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import MailSettings, mail_settings

FOLDER = Path("mails")
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("", MailSettings("django.core.mail.backends.dummy.EmailBackend")),
        ("console:", MailSettings("django.core.mail.backends.console.EmailBackend")),
        ("file:", MailSettings("django.core.mail.backends.filebased.EmailBackend", file_path="mails")),
        ("file:///var/mails", MailSettings("django.core.mail.backends.filebased.EmailBackend", file_path="/var/mails")),
        ("smtp://localhost", MailSettings(SMTP, "localhost", 25)),
        (
            "smtp+tls://me:s%40y%2F@mail.example.com",
            MailSettings(SMTP, "mail.example.com", 587, "me", "s@y/", False, True),
        ),
        ("smtps://me:x@mail.example.com:4650", MailSettings(SMTP, "mail.example.com", 4650, "me", "x", True, False)),
    ],
)
def test_an_address_says_how_mail_leaves(url, wanted):
    assert mail_settings(url, FOLDER) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://h:port",
        "smtp://h/path",
        "smtp://h?tls=1",
        "smtp://secret@h",
    ],
)
def test_an_address_that_is_not_understood_stops_the_start_without_telling_secrets(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_settings(url, FOLDER)
    assert "EMAIL_URL" in str(refused.value)
    assert "secret" not in str(refused.value)
