"""Mails that wait go out, each claimed by one sender; what cannot be sent is tried again, or given up, in words.

At least once: a sender that dies between the mail server's yes and our note of it leaves the mail to the next, which
sends it again, under the same Message-ID. The other order would lose it: a mail that comes twice can be laughed at.
"""

import logging
import smtplib
import time
from datetime import timedelta
from email.utils import parseaddr
from hashlib import blake2b

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import QuerySet
from django.utils import timezone

from analytics.mailing.models import Mail
from analytics.mailing.stopping import stop_url
from analytics.mailing.troubles import in_words, is_final

logger = logging.getLogger(__name__)

HELD = timedelta(minutes=5)  # many times what a mail server may take: who has not noted an answer by then is dead
PATIENCE = 30.0  # seconds after which the next wake-up goes on
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
GIVEN_UP = timedelta(hours=24)
KEPT = timedelta(days=90)
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
NOT_SET = "No mail server is set: start with EMAIL_URL, like smtp+tls://name:password@mail.example.com:587."


def send_waiting(patience: float = PATIENCE) -> int:
    """Send what is ready, for `patience` seconds; returns how many went out."""
    until, sent = time.monotonic() + patience, 0
    ready = Mail.objects.ready(timezone.now()).order_by("next_at", "pk")
    for pk in list(ready.values_list("pk", flat=True)[:200]):
        if time.monotonic() > until:
            break
        if mail := claim(pk):
            sent += _send(mail)
    return sent


def claim(pk: int) -> Mail | None:
    """The mail, if nobody else sends it now. Of two who try, one changes no row."""
    now = timezone.now()
    until = now + HELD
    if not Mail.objects.ready(now).filter(pk=pk).update(taken_until=until):
        return None
    return Mail.objects.filter(pk=pk, taken_until=until).first()


def tidy() -> None:
    """Mails are kept for three months."""
    Mail.objects.filter(made_at__lt=timezone.now() - KEPT).delete()


def message(mail: Mail) -> EmailMultiAlternatives:
    """As it goes out. The same mail has the same Message-ID, so whoever gets it twice may see one."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    stop = stop_url(mail.to, mail.about)
    headers = {
        "Message-ID": f"<{blake2b(mail.key.encode(), digest_size=16).hexdigest()}@{domain}>",
        "List-Unsubscribe": f"<{stop}>",
        "Auto-Submitted": "auto-generated",
    }
    if stop.startswith("https://"):  # no other address may be posted to with one click (RFC 8058)
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    written = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    written.attach_alternative(mail.html, "text/html")
    if mail.attachment_name:
        written.attach(mail.attachment_name, mail.attachment, "text/csv")
    return written


def _send(mail: Mail) -> int:
    """1 when the mail server took it."""
    if settings.EMAIL_BACKEND == NOWHERE:
        _failed(mail, NOT_SET, for_good=False)
        return 0
    try:
        with get_connection() as connection:
            connection.send_messages([message(mail)])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        _failed(mail, in_words(error), for_good=is_final(error))
        return 0
    return _mine(mail).update(sent_at=timezone.now(), trouble="", tries=mail.tries + 1)


def _failed(mail: Mail, trouble: str, *, for_good: bool) -> None:
    now, tries = timezone.now(), mail.tries + 1
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, 10))
    too_late = now + wait > mail.made_at + GIVEN_UP
    logger.warning("The mail %s to %s: %s", mail.pk, mail.to, trouble)
    _mine(mail).update(
        trouble=trouble[:300], tries=tries, next_at=now + wait, taken_until=now, gave_up=for_good or too_late
    )


def _mine(mail: Mail) -> "QuerySet[Mail]":
    return Mail.objects.filter(pk=mail.pk, taken_until=mail.taken_until, sent_at=None)
