"""When a mail is due next, and writing down what is due: once for each time, however many workers wake up."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from analytics.mailing.addresses import or_administrators
from analytics.mailing.letters import Letter, write
from analytics.mailing.models import EVERY_DAY, Schedule
from analytics.mailing.reports import CannotWrite, letter_of

logger = logging.getLogger(__name__)

GIVEN_UP = timedelta(hours=6)  # a report that cannot be made by then is made the next time
NOBODY = "Nobody gets it: it names no address, and no administrator has one."


def next_due(schedule: Schedule, after: datetime) -> datetime:
    """The first time later than `after` when it is its weekday and hour here.

    An hour that a change of the clocks leaves out comes an hour later, one that comes twice is taken the first time.
    """
    zone = ZoneInfo(timezone.get_default_timezone_name())
    day = after.astimezone(zone).date()
    for ahead in range(9):
        local = datetime.combine(day + timedelta(days=ahead), datetime.min.time(), zone).replace(hour=schedule.hour)
        moment = local.astimezone(ZoneInfo("UTC"))
        if moment > after and schedule.weekday in (EVERY_DAY, moment.astimezone(zone).weekday()):
            return moment
    raise ValueError(f"There is no weekday {schedule.weekday}.")


def plan(now: datetime) -> None:
    """Give a due time to what has none yet: new ones, and those that were off."""
    for schedule in Schedule.objects.filter(is_on=True, next_at=None):
        Schedule.objects.filter(pk=schedule.pk, next_at=None).update(next_at=next_due(schedule, now))


def write_due(now: datetime | None = None) -> int:
    """Write down the mails that are due; returns how many schedules that were. Missed times are made up for once."""
    now = now or timezone.now()
    plan(now)
    return sum(_write(schedule, now) for schedule in Schedule.objects.due(now).order_by("next_at"))


def _write(schedule: Schedule, now: datetime) -> int:
    due, following = schedule.next_at, next_due(schedule, now)
    assert due is not None  # noqa: S101  (what is due has a time)
    try:
        letter = letter_of(schedule)
    except CannotWrite as problem:
        _trouble(schedule, due, following, now, str(problem))
        return 0
    to = or_administrators(schedule.recipients)
    with transaction.atomic():
        # The time it is due is the claim: of two who saw the same one, one finds it changed.
        mine = Schedule.objects.filter(pk=schedule.pk, next_at=due, is_on=True)
        if not mine.update(next_at=following, trouble="" if to else NOBODY):
            return 0
        write(letter, f"schedule:{schedule.pk}:{due:%Y%m%dT%H%MZ}", str(schedule.pk), to, schedule)
    return 1


def _trouble(schedule: Schedule, due: datetime, following: datetime, now: datetime, problem: str) -> None:
    """Stay due, and say why; after six hours wait for the next time."""
    logger.warning("The scheduled mail “%s” cannot be written: %s", schedule, problem)
    moved = {"next_at": following} if now - due > GIVEN_UP else {}
    Schedule.objects.filter(pk=schedule.pk, next_at=due).update(trouble=problem[:300], **moved)


def send_one(schedule: Schedule, address: str, now: datetime) -> Letter:
    """To try it: the mail as it would be now, to one address, whatever is due. Raises CannotWrite."""
    letter = letter_of(schedule)
    write(letter, f"now:{schedule.pk}:{now:%Y%m%dT%H%M%S.%f}", f"{schedule.pk}", [address], schedule)
    return letter
