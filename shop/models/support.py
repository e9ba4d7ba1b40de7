"""Support: a ticket is a conversation between a buyer and a store or the shop, about an order or about nothing yet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone

from shop.models.codes import new_code
from shop.models.feed import Creator
from shop.models.messages import Message, Voice
from shop.models.orders import Order, OrderLine
from shop.models.owned import OwnedQuerySet
from shop.models.product import Product

ANSWERED_WITHIN = timedelta(hours=24)


class TicketQuerySet(OwnedQuerySet["Ticket"]):
    def waiting(self) -> "TicketQuerySet":
        return self.filter(waiting_since__isnull=False)

    def late(self) -> "TicketQuerySet":
        """Twin of `is_late`: who steps in for a store has a day of its own."""
        day_ago = timezone.now() - ANSWERED_WITHIN
        just_stepped_in = Q(store__isnull=False, escalated_at__gte=day_ago)
        return self.filter(waiting_since__lt=day_ago).exclude(just_stepped_in)

    def with_last_message(self) -> "TicketQuerySet":
        last = Message.objects.said().filter(ticket=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            last_text=models.Subquery(last.values("text")[:1]),
            last_voice=models.Subquery(last.values("voice")[:1]),
            last_at=models.Subquery(last.values("at")[:1]),
        )

    def for_list(self) -> "TicketQuerySet":
        news = Message.objects.to_read().filter(ticket=OuterRef("pk"), pk__gt=OuterRef("buyer_saw"))
        return (
            self.with_last_message()
            .annotate(unread=models.Exists(news))
            .select_related("order", "line", "store", "product")
            .prefetch_related("order__lines", "product__images")
            .order_by("-changed_at", "-pk")
        )

    def for_page(self) -> "TicketQuerySet":
        shown = Message.objects.shown().select_related("author").prefetch_related("attachments")
        return self.select_related("order", "line", "store", "product").prefetch_related(
            "order__lines", "product__images", "product__skus", models.Prefetch("messages", shown)
        )


class Ticket(models.Model):
    """`waiting_since` is when the buyer last wrote without an answer; null while nobody waits for the shop.

    Whoever changes a ticket holds the lock on its row, so what is written in it comes in one order.
    """

    class Topic(models.TextChoices):
        WHERE = "where", "Where is my order?"
        CANCEL = "cancel", "I want to cancel"
        RETURN = "return", "I want to return something"
        DAMAGED = "damaged", "It arrived damaged"
        WRONG = "wrong", "I got the wrong thing"
        PAYMENT = "payment", "A question about payment"
        PRODUCT = "product", "A question about a product"
        REFUND = "refund", "Where is my refund?"
        COUPON = "coupon", "A coupon does not work"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        NEW = "new", "new"
        OPEN = "open", "waiting for the shop"
        ANSWERED = "answered", "waiting for the buyer"
        RESOLVED = "resolved", "resolved"
        REOPENED = "reopened", "reopened"

    WAITING = (Status.NEW, Status.OPEN, Status.REOPENED)

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    buyer = models.CharField(max_length=32, db_index=True)
    participant = models.BigIntegerField(help_text="Whose walk the ticket belongs to.")
    key = models.CharField(max_length=32, help_text="Of the form it came from: sent twice, it is one ticket.")
    topic = models.CharField(max_length=10, choices=Topic.choices)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="tickets")
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.SET_NULL, null=True, blank=True, related_name="+")
    store = models.ForeignKey(
        Creator, models.PROTECT, null=True, blank=True, related_name="chats", help_text="Set: a chat with this store."
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="tickets"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    version = models.PositiveIntegerField(default=1, help_text="Changes with everything its buyer can see.")
    buyer_saw = models.PositiveBigIntegerField(default=0, help_text="The last message its buyer has seen.")
    shop_saw = models.PositiveBigIntegerField(default=0, help_text="The last message staff has seen.")
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    first_answer_at = models.DateTimeField(null=True, blank=True, help_text="By a person; automatic ones are none.")
    escalated_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is urgent.")
    reopened = models.PositiveSmallIntegerField(default=0, help_text="How often it was not solved after all.")
    csat = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How satisfied the buyer was, 1 to 5.")
    csat_text = models.CharField(max_length=300, blank=True)
    rated = models.PositiveSmallIntegerField(default=0, help_text="How often it was rated; a rating can change once.")
    waiting_since = models.DateTimeField(null=True, blank=True, default=timezone.now, db_index=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["buyer", "key"], name="one_ticket_per_form"),
            models.CheckConstraint(condition=Q(csat=None) | Q(csat__range=(1, 5)), name="satisfied_one_to_five"),
            models.CheckConstraint(
                condition=Q(waiting_since=None, status__in=["answered", "resolved"])
                | Q(waiting_since__isnull=False, status__in=["new", "open", "reopened"]),
                name="who_waits_waits_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} ({self.code})"

    @property
    def is_resolved(self) -> bool:
        return self.status == self.Status.RESOLVED

    @property
    def with_whom(self) -> str:
        return self.store.store_name if self.store else "Scrollshop Support"

    @property
    def lines(self) -> list[OrderLine]:
        """The order line it is about; of an order without a line chosen, all of them."""
        if self.line:
            return [self.line]
        return list(self.order.lines.all()) if self.order else []

    @property
    def more_lines(self) -> int:
        return len(self.lines) - 1

    @property
    def answered_after(self) -> int | None:
        """Seconds until a person answered for the first time."""
        return int((self.first_answer_at - self.opened_at).total_seconds()) if self.first_answer_at else None

    @property
    def answer_due(self) -> datetime | None:
        if not self.waiting_since:
            return None
        since = max(self.waiting_since, self.escalated_at or self.waiting_since) if self.store else self.waiting_since
        return since + ANSWERED_WITHIN

    @property
    def is_late(self) -> bool:
        return self.answer_due is not None and self.answer_due < timezone.now()

    @property
    def can_call_in(self) -> bool:
        """A store that kept its buyer waiting for a day; then the shop may be asked to step in."""
        return bool(self.store and self.is_late and not self.escalated_at)

    @property
    def can_rate(self) -> bool:
        return self.is_resolved and self.rated < 2

    def lock(self) -> None:
        """Read it anew, and let whoever else wants to change it wait for this transaction."""
        self.refresh_from_db(from_queryset=Ticket.objects.select_for_update())

    def change(self, **fields: object) -> None:
        """Set these fields of a locked ticket, so that its buyer sees that something has changed."""
        fields |= {"version": self.version + 1, "changed_at": timezone.now()}
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=fields)

    def saw(self, who: str, last: int) -> bool:
        """Remember how far `buyer` or `shop` has read; says whether that was news."""
        field = f"{who}_saw"
        news = Ticket.objects.filter(pk=self.pk, **{f"{field}__lt": last})
        return bool(news.update(**{field: last}, version=F("version") + int(who == "shop")))

    @property
    def is_seen(self) -> bool:
        """Whether the last word is the buyer's and staff has read it; wants prefetched messages."""
        said = [message for message in self.messages.all() if message.voice != Voice.SYSTEM]
        return bool(said) and said[-1].is_from_buyer and said[-1].pk <= self.shop_saw
