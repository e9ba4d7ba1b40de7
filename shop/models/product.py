"""What is shown and what is bought: products, their SKUs, the assurances and reviews beside them."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from shop.models.deals import Deal
from shop.models.files import UPLOADED, is_file, is_icon, url_of

LOW_STOCK = 5  # from here on the page says how many are left
NO_PICTURE = "shop/no-picture.svg"


class Category(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    icon = models.CharField(
        max_length=40, blank=True, validators=[is_icon], help_text="A file below static/shop/icons/, without .svg."
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class Assurance(models.Model):
    """A promise beside a product, with the terms a buyer can open."""

    slug = models.SlugField(unique=True)
    icon = models.CharField(
        max_length=40, validators=[is_icon], help_text="A file below static/shop/icons/, without .svg."
    )
    title = models.CharField(max_length=60)
    summary = models.CharField(max_length=80)
    terms = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title


class ProductQuerySet(models.QuerySet["Product"]):
    def listed(self) -> "ProductQuerySet":
        return self.filter(is_listed=True)

    def rated(self) -> "ProductQuerySet":
        """With `rating`, None before the first review, and `review_count`."""
        return self.annotate(rating=models.Avg("reviews__stars"), review_count=models.Count("reviews"))

    def for_page(self) -> "ProductQuerySet":
        """With its store, its assurances, and its reviews counted by stars."""
        counts = {f"stars_{n}": models.Count("reviews", models.Q(reviews__stars=n)) for n in range(1, 6)}
        page = self.listed().rated().annotate(**counts).select_related("creator", "category")
        return page.prefetch_related("assurances")

    def for_cards(self) -> "ProductQuerySet":
        """With all that a card in a list draws: two more queries for any number of products."""
        return self.listed().rated().prefetch_related("skus", "images")

    def like(self, product: "Product") -> "ProductQuerySet":
        """Others of the same store or category, the store's own first, then what sells best."""
        near = models.Q(creator=product.creator_id) | models.Q(category=product.category_id)
        own = models.Case(models.When(creator=product.creator_id, then=0), default=1)
        return self.filter(near).exclude(pk=product.pk).order_by(own, "-sold", "pk")


class Product(Deal):
    """A thing for sale, with one or more SKUs."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    link_title = models.CharField(max_length=30, help_text="What the anchor on a video says.")
    creator = models.ForeignKey("shop.Creator", models.PROTECT, related_name="products", help_text="Whose store it is.")
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    summary = models.CharField(max_length=160)
    description = models.TextField()
    details = models.JSONField(default=list, blank=True, help_text='[["Volume", "30 ml"], …]')
    in_the_box = models.JSONField(default=list, blank=True, help_text='["Bottle", "Pipette"]')
    option_name = models.CharField(max_length=40, default="Option")
    shipping_cents = models.PositiveIntegerField(default=0)
    delivery_from_days = models.PositiveSmallIntegerField(default=3)
    delivery_to_days = models.PositiveSmallIntegerField(default=7)
    sold = models.PositiveIntegerField(default=0)
    assurances = models.ManyToManyField(Assurance, related_name="products", blank=True)
    is_listed = models.BooleanField(default=True)
    size_chart = models.JSONField(default=list, blank=True, help_text='[["Size", "Chest"], ["S", "86 cm"], …]')
    changed_at = models.DateTimeField(auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        indexes = [
            models.Index(fields=[near, "-sold", "id"], name=f"best_of_{near}") for near in ("creator", "category")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def picture_url(self) -> str:
        """The first picture; wants prefetched images."""
        images = self.images.all()
        return images[0].url if images else url_of(NO_PICTURE)

    @property
    def star_bars(self) -> list[tuple[int, int, int]]:
        """(stars, reviews, whole percent of all), five first; wants for_page."""
        counts = [(n, getattr(self, f"stars_{n}")) for n in range(5, 0, -1)]
        return [(n, count, count * 100 // (self.review_count or 1)) for n, count in counts]

    @property
    def cheapest(self) -> "Sku | None":
        """The SKU whose price the page shows first: the cheapest one in stock, else the cheapest."""
        return min(self.skus.all(), key=lambda sku: (sku.stock == 0, sku.price_cents), default=None)

    @property
    def scarcest(self) -> "Sku | None":
        """The SKU of which the fewest are left, when they are few."""
        return min((sku for sku in self.skus.all() if sku.is_low), key=lambda sku: sku.stock, default=None)

    @property
    def arrival(self) -> str:
        """When it is at the door if it is ordered now: "Nov 25–28"."""
        today = timezone.localdate()
        first, last = (today + timedelta(days) for days in (self.delivery_from_days, self.delivery_to_days))
        same_month = first.month == last.month
        return f"{date_format(first, 'M j')}–{date_format(last, 'j' if same_month else 'M j')}"

    @property
    def price_differs(self) -> bool:
        return len({sku.price_cents for sku in self.skus.all()}) > 1

    @property
    def only_sku(self) -> "Sku | None":
        """The SKU of a product that leaves nothing to choose."""
        skus = self.skus.all()
        return skus[0] if len(skus) == 1 else None

    @property
    def sold_out(self) -> bool:
        return all(sku.stock == 0 for sku in self.skus.all())


class ProductImage(models.Model):
    product = models.ForeignKey(Product, models.CASCADE, related_name="images")
    path = models.CharField(max_length=200, blank=True, validators=[is_file], help_text="A path below static/.")
    upload = models.FileField(upload_to="pictures/", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.kept_path

    @property
    def kept_path(self) -> str:
        """What url_of() turns into an address, also for who remembers the picture longer than the product."""
        return f"{UPLOADED}{self.upload.name}" if self.upload else self.path

    @property
    def url(self) -> str:
        return url_of(self.kept_path, NO_PICTURE)


class SkuQuerySet(models.QuerySet["Sku"]):
    def on_sale(self) -> "SkuQuerySet":
        return self.filter(product__is_listed=True, stock__gt=0).select_related("product")


class Sku(models.Model):
    """What is bought: one size or colour of a product. Stock changes only by conditional UPDATE, with a movement."""

    code = models.CharField(max_length=40, unique=True)
    product = models.ForeignKey(Product, models.CASCADE, related_name="skus")
    option = models.CharField(max_length=60)
    price_cents = models.PositiveBigIntegerField()
    list_price_cents = models.PositiveBigIntegerField(null=True, blank=True)
    stock = models.IntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SkuQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(stock__gte=0), name="stock_not_negative")]

    def __str__(self) -> str:
        return f"{self.product.title}, {self.option}"

    @property
    def now_cents(self) -> int:
        """What it costs at this moment, a running deal taken off. Wants its product."""
        return self.product.price_in_deal(self.price_cents)

    @property
    def was_cents(self) -> int | None:
        """The price that is struck beside it, when there is one."""
        return self.list_price_cents or (self.price_cents if self.now_cents < self.price_cents else None)

    @property
    def is_low(self) -> bool:
        return 0 < self.stock <= LOW_STOCK
