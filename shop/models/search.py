"""How products, videos and stores are found: a row of folded words for each, written anew when it is saved."""

from collections.abc import Iterable

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.models.feed import Creator, Video, VideoProduct
from shop.models.product import Category, Product, Sku
from shop.words import searchable, stems

IN_TITLE, STARTS_IN_TITLE = 3, 2


class SearchText(models.Model):
    """The words of one thing. `words` holds those of `title` too; each stands between spaces."""

    product = models.OneToOneField(Product, models.CASCADE, null=True, related_name="search")
    video = models.OneToOneField(Video, models.CASCADE, null=True, related_name="search")
    creator = models.OneToOneField(Creator, models.CASCADE, null=True, related_name="search")
    title = models.TextField()
    words = models.TextField()

    def __str__(self) -> str:
        return self.title.strip()


def holding(terms: Iterable[str]) -> models.Q:
    """Things that have all of these words, or words that begin like them."""
    every = models.Q()
    for term in terms:
        any_form = models.Q()
        for form in stems(term):
            any_form |= models.Q(search__words__contains=f" {form}")
        every &= any_form
    return every


def rank(terms: Iterable[str]) -> models.expressions.Combinable:
    """How well the titles fit: a whole word counts more than the beginning of one."""
    fits = models.Value(0)
    for term in terms:
        whole = models.When(search__title__contains=f" {stems(term)[0]} ", then=IN_TITLE)
        begins = models.When(search__title__contains=f" {stems(term)[0]}", then=STARTS_IN_TITLE)
        fits = fits + models.Case(whole, begins, default=0)
    return fits


def write_down(kind: str, things: models.QuerySet) -> None:
    """Write the words of these things; `kind` names the column that points at them."""
    rows = [SearchText(**{kind: thing}, title=title, words=words) for thing, title, words in map(WORDS[kind], things)]
    SearchText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=[kind], update_fields=["title", "words"], batch_size=200
    )


def write_missing() -> None:
    """For things that were made in bulk: no signal tells of them."""
    for kind, things in EVERY.items():
        write_down(kind, things.filter(search=None))


def _of_product(product: Product) -> tuple[Product, str, str]:
    store = product.creator
    options = [sku.option for sku in product.skus.all()]
    more = [product.summary, product.description, product.category.name, store.store_name, store.handle, *options]
    return product, searchable(product.title, product.link_title), searchable(product.title, product.link_title, *more)


def _of_video(video: Video) -> tuple[Video, str, str]:
    shown = [product.title for product in video.products.all()]
    return video, searchable(video.caption), searchable(video.caption, video.creator.handle, video.creator.name, *shown)


def _of_creator(creator: Creator) -> tuple[Creator, str, str]:
    names = [creator.store_name, creator.handle, creator.name]
    return creator, searchable(*names), searchable(*names, creator.bio)


WORDS = {"product": _of_product, "video": _of_video, "creator": _of_creator}
EVERY = {
    "product": Product.objects.select_related("creator", "category").prefetch_related("skus"),
    "video": Video.objects.select_related("creator").prefetch_related("products"),
    "creator": Creator.objects.all(),
}
# Whose words change with a row that is saved.
TOUCHED = {
    Product: lambda row: {"product": {"pk": row.pk}},
    Sku: lambda row: {"product": {"pk": row.product_id}},
    Category: lambda row: {"product": {"category": row}},
    Creator: lambda row: {"creator": {"pk": row.pk}, "product": {"creator": row}, "video": {"creator": row}},
    Video: lambda row: {"video": {"pk": row.pk}},
    VideoProduct: lambda row: {"video": {"pk": row.video_id}},
}


@receiver(post_save)
def write_anew(sender, instance, raw: bool = False, **kwargs: object) -> None:
    if sender in TOUCHED and not raw:
        for kind, which in TOUCHED[sender](instance).items():
            write_down(kind, EVERY[kind].filter(**which))
