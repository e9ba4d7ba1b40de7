"""What a mail is made of: a subject, the same words as HTML and as plain text, and perhaps a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from analytics.mailing.models import Mail, Schedule, Unwanted
from analytics.mailing.stopping import stop_url

KEY, SUBJECT = 420, 200


@dataclass(frozen=True, slots=True)
class Letter:
    """`template` names mail/<template>.html and .txt, which are given `context`."""

    kind: str
    subject: str
    template: str
    context: dict[str, Any]
    attachment_name: str = ""
    attachment: str = ""

    def rendered(self, suffix: str, stop: str = "") -> str:
        context = self.context | {"subject": self.subject, "site": settings.SITE_URL, "stop": stop}
        return render_to_string(f"mail/{self.template}.{suffix}", context | {"now": datetime.now(UTC)})


def write(letter: Letter, key: str, about: str, to: Iterable[str], schedule: Schedule | None = None) -> int:
    """Put a letter into the outbox, once for each address that wants it; what is there under this key stays.

    Returns how many addresses wanted it. Nothing is sent here, so this belongs into the transaction of what it tells.
    """
    unwanted = set(Unwanted.objects.filter(about=about).values_list("address", flat=True))
    mails = [
        _row(letter, f"{key}:{address.lower()}"[:KEY], about, address, schedule)
        for address in to
        if address.lower() not in unwanted
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    return len(mails)


def _row(letter: Letter, key: str, about: str, address: str, schedule: Schedule | None) -> Mail:
    stop = stop_url(address, about)
    return Mail(
        key=key,
        kind=letter.kind,
        schedule=schedule,
        to=address,
        about=about,
        subject=" ".join(letter.subject.split())[:SUBJECT],
        text=letter.rendered("txt", stop).strip() + "\n",
        html=letter.rendered("html", stop),
        attachment_name=letter.attachment_name,
        attachment=letter.attachment,
    )


def link(path: str) -> str:
    """A path of this site as a mail needs it."""
    return settings.SITE_URL.rstrip("/") + path
