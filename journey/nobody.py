"""Facts of people who are not recorded: stored like any other, each under a number that leads nowhere."""

from journey.models import Participant
from journey.models.participant import new_participant
from journey.trails import Context, Trail, trail_number

ANONYMOUS = Participant.Kind.ANONYMOUS.value


def trail_of_nobody(started: int, participant: int | None = None) -> Trail:
    """A trail with a participant of its own; nothing is said of device, source or arms."""
    return Trail(participant or new_participant(), ANONYMOUS, trail_number(started), started, Context())
