"""An event with what surrounds it: what the slow twins of videos and of sales both ask."""

from datetime import UTC, datetime

from tests.analytics.taken import SECOND

PLACES = {"f": "feed", "P": "profile", "G": "shop", "q": "search", "C": "cart", "K": "checkout", "O": "order"}
PLACES |= {"u": "support", "v": "product"}


class Seen:
    """An event with what surrounds it."""

    def __init__(self, event, walk):
        self.letter, self.at, self.trail, self.n = event.step, event.at, event.trail, event.n
        self.context = event.context
        self.props, self.walk, self.who = event.props or {}, walk, event.participant_id

    def __getattr__(self, name):
        return self.props.get(name, "")


def day(walk):
    return datetime.fromtimestamp(walk[0] / SECOND, UTC).date()


def both(walk, product, video, figure, n=1, name=None):
    yield "product", walk, product, (figure, name), n
    yield "video", walk, video, (figure, name), n


def is_view(event):
    return bool(event.video) and (event.letter == "X" or (event.letter == "p" and event.seconds == 2))


def page_open(event, here):
    """The product page that is open when something is done."""
    places = [e for e in here if e.letter in PLACES]
    return places[-1] if places and places[-1].letter == "v" and places[-1].product else None


def here_before(event, events):
    return [e for e in events[: events.index(event)] if e.walk == event.walk]
