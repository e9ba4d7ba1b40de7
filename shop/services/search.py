"""What a shelf or a search holds, and in which order. Ids are kept for some seconds; cards show things as they are."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import OuterRef, Q
from django.http import QueryDict

from shop.filters import BEST, ORDERS, Filters
from shop.models import Creator, Product, SearchText, Video
from shop.models.reviews import well_rated
from shop.models.search import holding, rank
from shop.services.drawings import digest
from shop.words import LONGEST_QUERY, stems, terms

MOST = 1_000
REMEMBERED_S = 10
VIDEOS, STORES = 24, 24
TITLES_COMPARED = 400
CLOSE = 0.72


class FoundVideo(NamedTuple):
    slug: str
    poster_url: str
    views: int
    caption: str


class FoundStore(NamedTuple):
    slug: str
    avatar_url: str
    store_name: str
    handle: str
    rating: str  # empty when it is not shown
    store_sold: int


def asked(answers: QueryDict) -> str:
    """What was typed, as one short line."""
    return " ".join(answers.get("q", "").split())[:LONGEST_QUERY].strip()


def _remembered(kind: str, about: object, find: Callable[[], Any]) -> Any:
    return cache.get_or_set(f"{kind}:{digest(about)}", find, REMEMBERED_S)


def found(filters: Filters) -> list[int]:
    """Ids of all products on a shelf, at most MOST, so that a shelf does not move while it is read to its end."""
    return _remembered("products", replace(filters, is_category_page=False), lambda: _found(filters))


def _found(filters: Filters) -> list[int]:
    products = filters.narrow(Product.objects.listed())
    if filters.q:
        wanted = plain(filters.q)
        if not wanted:
            return []
        products = products.filter(holding(wanted))
        if filters.order == BEST:
            ranked = products.annotate(fits=rank(wanted)).order_by("-fits", "-sold", "pk")
            return list(ranked.values_list("pk", flat=True)[:MOST])
    return list(products.order_by(*ORDERS[filters.order], "-pk").values_list("pk", flat=True)[:MOST])


def plain(query: str) -> list[str]:
    """The words of a query, hashtags without their #: what products and stores are looked for by."""
    return list(dict.fromkeys(term.lstrip("#") for term in terms(query)))


def videos(query: str) -> tuple[FoundVideo, ...]:
    """A #tag finds the videos that carry it; a word, those that say it or show a product that does."""
    wanted = terms(query)
    return _remembered("videos", query, lambda: _videos(wanted)) if wanted else ()


def _videos(wanted: list[str]) -> tuple[FoundVideo, ...]:
    said = Video.objects.published().filter(holding(wanted)).annotate(fits=rank(wanted))
    best = said.order_by("-fits", "-views", "pk")[:VIDEOS]
    return tuple(FoundVideo(video.slug, video.poster_url, video.views, video.caption) for video in best)


def stores(query: str) -> tuple[FoundStore, ...]:
    wanted = terms(query)
    is_tag = any(term.startswith("#") for term in wanted)
    return _remembered("stores", query, lambda: _stores(wanted)) if wanted and not is_tag else ()


def _stores(wanted: list[str]) -> tuple[FoundStore, ...]:
    named = Creator.objects.filter(holding(wanted)).annotate(fits=rank(wanted), rated=well_rated(OuterRef("pk")))
    best = named.order_by("-fits", "-store_sold", "pk")[:STORES]
    return tuple(
        FoundStore(
            one.slug,
            one.avatar_url,
            one.store_name,
            one.handle,
            str(one.store_rating) if one.rated else "",
            one.store_sold,
        )
        for one in best
    )


def did_you_mean(query: str) -> str:
    """The same query with each word replaced by the nearest one in a title, when that finds something; else empty."""
    wanted = plain(query)
    return _remembered("better", query, lambda: _did_you_mean(wanted)) if wanted else ""


def _did_you_mean(wanted: list[str]) -> str:
    like = Q()
    for term in wanted:
        like |= Q(title__contains=f" {term[:2]}") | Q(title__contains=f"{term[-3:]} ")
    titles = SearchText.objects.filter(like, product__is_listed=True).order_by("-product__sold")
    known = {word for title in titles.values_list("title", flat=True)[:TITLES_COMPARED] for word in title.split()}
    nearest = [next(iter(get_close_matches(term, known, 1, CLOSE)), "") for term in wanted]
    better = " ".join(nearest)
    if not all(nearest) or nearest == wanted:
        return ""
    return better if Product.objects.listed().filter(holding(nearest)).exists() else ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be meant by the beginning of a query."""

    titles: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    stores: tuple[FoundStore, ...] = ()


def suggestions(query: str) -> Suggestions:
    wanted = terms(query)
    return _remembered("suggestions", query, lambda: _suggestions(query, wanted)) if wanted else Suggestions()


def _suggestions(query: str, wanted: list[str]) -> Suggestions:
    products = Product.objects.listed().filter(holding(plain(query))).annotate(fits=rank(plain(query)))
    titles = products.filter(fits__gt=0).order_by("-fits", "-sold", "pk").values_list("link_title", flat=True)[:6]
    return Suggestions(list(dict.fromkeys(titles)), _tags(wanted[-1]), stores(query)[:2])


def _tags(term: str) -> list[str]:
    """Hashtags that begin like the last word that was typed, the most watched first."""
    begins = "#" + stems(term.lstrip("#"))[0]
    said = SearchText.objects.filter(title__contains=f" {begins}", video__is_published=True).order_by("-video__views")
    every = [word for title in said.values_list("title", flat=True)[:20] for word in title.split()]
    return list(dict.fromkeys(word for word in every if word.startswith(begins)))[:2]


def popular() -> list[str]:
    """What sells best now, by its short name: somewhere to begin."""
    best = Product.objects.listed().order_by("-sold", "pk").values_list("link_title", flat=True)[:8]
    return cache.get_or_set("popular-searches", lambda: list(best), 60)
