"""A product, a store and a video with the longest texts their columns allow, and what does not break into lines."""

from django.utils import timezone

from shop.models import Assurance, Category, Comment, Creator, Product, ProductImage, Question, Review, Sku, Video
from shop.models.feed import VideoProduct

WORDS = (
    "Extraordinarily well-upholstered hand-finished weatherproof long-distance armchair cushion for two with matching "
)
WORD = "Wundervollstersommermorgenlieblingsgesichtscremeüberhaupt" * 3


def text(length: int) -> str:
    return (WORDS * (length // len(WORDS) + 1))[:length].rstrip().ljust(length, "s")


def longest(codes: dict[str, str]) -> None:
    store = Creator.objects.create(
        slug="the-longest", handle="the.longest.handle.that.fits.into.column"[:40], name=text(80), bio=text(300),
        store_name=text(80), business_name=text(120), ships_from=text(80), followers=123_456_789, following=99_999,
        likes=2_000_000_000, store_sold=100_000, response_rate=100, contact=f"{'m' * 40}@example.com", is_official=True,
        free_shipping_from_cents=99_999_999,
    )  # fmt: skip
    product = Product.objects.create(
        slug="the-longest-product", title=text(120), link_title=text(30), creator=store,
        category=Category.objects.first(), summary=text(160), description=f"{text(600)}\n\n{WORD}",
        details=[[text(30), text(80)], [WORD, WORD]], in_the_box=[text(60), WORD], option_name=text(40),
        shipping_cents=12_345, sold=123_456,
        size_chart=[["Size", "Chest", "Waist", "Sleeve from the neck", "Length"], ["Extra small", *["1,234 mm"] * 4]],
    )  # fmt: skip
    product.assurances.set(Assurance.objects.all())
    like = ProductImage.objects.filter(product__slug="everyday-tote").first()
    ProductImage.objects.create(product=product, path=like.path)
    for place in range(3):
        Sku.objects.create(
            code=f"LONGEST-{place}", product=product, option=text(58) + f" {place}", price_cents=1_234_567 + place,
            list_price_cents=2_345_678, stock=[1234, 3, 0][place], position=place,
        )  # fmt: skip
    now = timezone.now()
    Review.objects.create(
        product=product, author=text(60), stars=3, text=WORD, option=text(60), reply=WORD, posted_at=now
    )
    Question.objects.create(product=product, author=text(60), text=WORD, answer=WORD)
    clip = Video.objects.exclude(clip="").first()
    video = Video.objects.create(
        slug="the-longest-video", creator=store, clip=clip.clip, caption=f"{text(140)} #{WORD}"[:200], sound=text(80),
        likes=1_999_999, comment_count=2, views=3_000_000_000, posted_at=now,
    )  # fmt: skip
    VideoProduct.objects.create(video=video, product=product, position=0)
    Comment.objects.create(video=video, author=text(60), text=WORD, likes=1_234_567, posted_at=now)
