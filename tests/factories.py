"""Rows without surprises. Journey first, then the rooms of the shop."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from journey.models import Arm, Experiment, Variant
from shop.models import (
    Assurance,
    Category,
    Comment,
    Coupon,
    Creator,
    Product,
    ProductImage,
    Question,
    Review,
    ReviewPhoto,
    Sku,
    StockMovement,
    Video,
    VideoProduct,
)


class VariantFactory(DjangoModelFactory):
    class Meta:
        model = Variant

    slug = factory.Sequence("variant-{}".format)
    name = factory.SelfAttribute("slug")


class ExperimentFactory(DjangoModelFactory):
    class Meta:
        model = Experiment

    slug = factory.Sequence("experiment-{}".format)
    name = factory.SelfAttribute("slug")


class ArmFactory(DjangoModelFactory):
    class Meta:
        model = Arm

    experiment = factory.SubFactory(ExperimentFactory)
    slug = factory.Sequence("arm-{}".format)
    variant = factory.SubFactory(VariantFactory)
    weight = 50


class CreatorFactory(DjangoModelFactory):
    class Meta:
        model = Creator

    slug = factory.Sequence("creator-{}".format)
    handle = factory.SelfAttribute("slug")
    name = factory.SelfAttribute("slug")
    store_name = factory.LazyAttribute(lambda creator: f"{creator.slug} store")


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category

    slug = factory.Sequence("category-{}".format)
    name = factory.SelfAttribute("slug")


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = Product

    slug = factory.Sequence("product-{}".format)
    title = factory.SelfAttribute("slug")
    link_title = factory.SelfAttribute("slug")
    creator = factory.SubFactory(CreatorFactory)
    category = factory.SubFactory(CategoryFactory)
    summary = "A thing for sale."
    description = "A thing for sale, described."


class SkuFactory(DjangoModelFactory):
    """A SKU with its opening row in the ledger."""

    class Meta:
        model = Sku
        skip_postgeneration_save = True

    code = factory.Sequence("SKU-{}".format)
    product = factory.SubFactory(ProductFactory)
    option = "One size"
    price_cents = 1690
    stock = 10

    @factory.post_generation
    def ledger(self, created, extracted, **kwargs):
        if self.stock:
            StockMovement.objects.create(sku=self, change=self.stock, reason="opening")


class VideoFactory(DjangoModelFactory):
    """`products` are tied to it in order; the first is its anchor."""

    class Meta:
        model = Video
        skip_postgeneration_save = True

    slug = factory.Sequence("video-{}".format)
    creator = factory.SubFactory(CreatorFactory)
    clip = "demo/clips/none"
    posted_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def products(self, created, extracted, **kwargs):
        for position, product in enumerate(extracted or []):
            VideoProduct.objects.create(video=self, product=product, position=position)


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    video = factory.SubFactory(VideoFactory)
    author = "noelle_b"
    text = "Does it go under retinol or over?"
    posted_at = factory.LazyFunction(timezone.now)


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    product = factory.SubFactory(ProductFactory)
    author = "dana_kph"
    stars = 5
    text = "Third bottle."
    posted_at = factory.LazyFunction(timezone.now)


class ReviewPhotoFactory(DjangoModelFactory):
    class Meta:
        model = ReviewPhoto

    review = factory.SubFactory(ReviewFactory)
    path = "shop/no-picture.svg"


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    product = factory.SubFactory(ProductFactory)
    author = "nadiaw"
    text = factory.Sequence("Does it come in colour {}?".format)
    answer = "Not yet."


class CouponFactory(DjangoModelFactory):
    """Ten percent off everything, for everyone, for a day."""

    class Meta:
        model = Coupon

    code = factory.Sequence("TEN{}".format)
    kind = Coupon.Kind.PERCENT
    percent = 10
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class ProductImageFactory(DjangoModelFactory):
    class Meta:
        model = ProductImage

    product = factory.SubFactory(ProductFactory)
    path = "shop/no-picture.svg"


class AssuranceFactory(DjangoModelFactory):
    class Meta:
        model = Assurance

    slug = factory.Sequence("assurance-{}".format)
    icon = "truck"
    title = "Free returns"
    summary = "30 days to send it back"
    terms = "You have 30 days from the day it was delivered."
