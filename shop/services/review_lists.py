"""The reviews of a product as a list: which ones, in which order, a page at a time; and what they talk about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from shop.asking import number, page_number
from shop.models import Product, Review, ReviewPhoto

PAGE = 20
SORTS = {
    "helpful": ("Most helpful", ["-helpful", "-posted_at", "-pk"]),
    "newest": ("Newest", ["-posted_at", "-pk"]),
    "lowest": ("Lowest stars", ["stars", "-helpful", "-pk"]),
}
# A chip, and the words that a review is counted by.
TOPICS = {
    "size": ("Size", ["size", "small", "bigger", " fits", "snug", "narrow"]),
    "quality": ("Quality", ["quality", "sturdy", "solid", "broke", "crack", "stitch", "seam"]),
    "smell": ("Smell", ["smell", "scent"]),
    "taste": ("Taste", ["taste", "flavo", "spicy", "salty"]),
    "feel": ("Feel", ["soft", "sticky", "texture", "comfortable", "tacky"]),
    "color": ("Color", ["color", "colour", "shade"]),
    "cleaning": ("Cleaning", ["clean", "wash"]),
    "sound": ("Sound", ["loud", "quiet", "noise", "sound"]),
    "battery": ("Battery", ["battery", "charge"]),
    "delivery": ("Delivery", ["arrived", "shipping", "delivery", "package", "in the box"]),
    "gift": ("As a gift", ["gift", "birthday", "present"]),
    "price": ("Price", ["price", "worth", "expensive", "cheap"]),
}
TOPICS_SHOWN = 5
LEAST_MENTIONS = 2  # one voice is no topic


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a buyer wants to read. Anything unknown in the address is as if it were not there."""

    stars: int = 0
    photos: bool = False
    topic: str = ""
    sort: str = "helpful"
    page: int = 1

    @classmethod
    def of(cls, answers: QueryDict) -> "Wanted":
        return cls(
            stars=number(answers.get("stars", ""), most=5) or 0,
            photos=answers.get("photos") == "1",
            topic=_one_of(TOPICS, answers.get("topic", "")),
            sort=_one_of(SORTS, answers.get("sort", "")) or "helpful",
            page=page_number(answers),
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.stars or self.photos or self.topic)


def reviews_of(product: Product, wanted: Wanted) -> QuerySet[Review]:
    reviews = product.reviews.filter(_about(wanted.topic)) if wanted.topic else product.reviews.all()
    if wanted.stars:
        reviews = reviews.filter(stars=wanted.stars)
    if wanted.photos:
        reviews = reviews.filter(pk__in=ReviewPhoto.objects.values("review"))
    return reviews.prefetch_related("photos").order_by(*SORTS[wanted.sort][1])


def topics_of(product: Product) -> list[tuple[str, str, int]]:
    """(code, chip, reviews) of what is mentioned most, in one query."""
    counts = product.reviews.aggregate(**{code: Count("pk", _about(code)) for code in TOPICS})
    told = [(code, TOPICS[code][0], count) for code, count in counts.items() if count >= LEAST_MENTIONS]
    return sorted(told, key=lambda topic: -topic[2])[:TOPICS_SHOWN]


def photos_of(product: Product) -> QuerySet[ReviewPhoto]:
    return ReviewPhoto.objects.filter(review__product=product).order_by("-review__helpful", "pk")


def _about(topic: str) -> Q:
    return Q(*[("text__icontains", word) for word in TOPICS[topic][1]], _connector=Q.OR)


def _one_of(known: Iterable[str], text: str) -> str:
    return text if text in known else ""
