"""What the shop tells a diagnosis: categories, how long tickets waited, and what people wrote about a product."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from analytics.diagnosis.shop_side import Answers, Period, Quote, Sought
from config.unnamed import unnamed
from journey.models import Participant
from shop.models import Message, Order, Product, Question, Return, Review, Ticket
from shop.models.messages import Voice

MAY_READ_PRIVATE = "shop.view_ticket"
HOUR = timedelta(hours=1)
MOST = 3  # quotes that are shown, and read of each kind
FEW_STARS = 3
WHO = ("full_name", "street", "unit", "city", "zip")


def categories() -> dict[str, str]:
    return dict(Product.objects.values_list("slug", "category__slug"))


def answers(period: Period, products: Collection[str] | None) -> dict[str, Answers]:
    """A ticket about a whole order is about each product in it; one about nothing yet stands under ""."""
    tickets = _in(Ticket.objects.all(), "opened_at", period)
    if products is not None:
        tickets = tickets.filter(_about(products))
    found: dict[str, Answers] = {}
    columns = ("pk", "opened_at", "first_answer_at", "product__slug", "line__product", "order__lines__product")
    told = set()
    for pk, opened, answered, *slugs in tickets.values_list(*columns).order_by():
        product = next((slug for slug in slugs if slug), "")
        if (pk, product) not in told:
            told.add((pk, product))
            found[product] = found.get(product, Answers()) + _waited(opened, answered)
    return found


def _about(products: Collection[str]) -> Q:
    named = Q(product__slug__in=products) | Q(line__product__in=products)
    return named | Q(product=None, line=None, order__lines__product__in=products)


def _waited(opened: datetime, answered: datetime | None) -> Answers:
    hours = ((answered or timezone.now()) - opened) / HOUR
    return Answers((hours,)) if answered else Answers(waiting=(hours,))


def _in(rows: QuerySet, column: str, period: Period) -> QuerySet:
    """Those of the period's days and kinds of participants."""
    rows = rows.filter(**{f"{column}__lt": _begin(period.last + timedelta(days=1))})
    rows = rows.filter(**{f"{column}__gte": _begin(period.first)}) if period.first else rows
    counted = Participant.objects.filter(kind__in=period.kinds)
    return rows.filter(participant__in=counted.values("pk"))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def quotes(product: str, sought: Sought, period: Period, private: bool) -> list[Quote]:
    """Public words first: they were written to be read."""
    told = [*_reviews(product, sought), *_questions(product, sought)]
    if private:
        told = [*islice(told, 2), *_returns(product, sought, period), *_tickets(product, sought, period)]
    return _different(told)


def _different(told: Iterable[Quote]) -> list[Quote]:
    found: dict[str, Quote] = {}
    for quote in told:
        if any(letter.isalpha() for letter in quote.text):
            found.setdefault(quote.text.casefold(), quote)
    return list(found.values())[:MOST]


def _reviews(product: str, sought: Sought) -> Iterator[Quote]:
    rows = Review.objects.filter(product__slug=product).exclude(text="").order_by("stars", "-posted_at")
    wanted = _saying("text", sought.words)
    if sought.low:
        wanted |= Q(stars__lte=FEW_STARS)
    # Who is content does not explain what is wrong.
    rows = rows.filter(wanted, stars__lte=FEW_STARS) if sought.words or sought.low else rows.none()
    for text, author, stars in rows.values_list("text", "author", "stars")[:MOST]:
        yield Quote(unnamed(text, [author]), "a review", stars)


def _questions(product: str, sought: Sought) -> Iterator[Quote]:
    rows = Question.objects.filter(_saying("text", sought.words), product__slug=product).exclude(answer="")
    for text, author in rows.values_list("text", "author")[: MOST if sought.words else 0]:
        yield Quote(unnamed(text, [author]), "a question on its page")


def _returns(product: str, sought: Sought, period: Period) -> Iterator[Quote]:
    rows = _in(Return.objects.filter(lines__line__product=product, reason__in=sought.reasons), "asked_at", period)
    rows = rows.exclude(text="").distinct().order_by("-pk").select_related("order")
    for row in rows[:MOST]:
        yield Quote(unnamed(row.text, _known(row.order)), f"a return: {row.get_reason_display().lower()}")


def _tickets(product: str, sought: Sought, period: Period) -> Iterator[Quote]:
    wanted = Q(ticket__topic__in=sought.topics) | _saying("text", sought.words)
    tickets = _in(Ticket.objects.filter(_about([product])), "opened_at", period)
    rows = Message.objects.filter(wanted, ticket__in=tickets.values("pk"), voice=Voice.BUYER).exclude(text="")
    for row in rows.select_related("ticket__order").order_by("-pk")[:MOST]:
        where = f"a ticket: {row.ticket.get_topic_display().lower()}"
        yield Quote(unnamed(row.text, _known(row.ticket.order)), where)


def _saying(column: str, words: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__icontains": word}) for word in words), Q(pk__in=[]))


def _known(order: Order | None) -> list[str]:
    return [getattr(order, name) for name in WHO] if order else []
