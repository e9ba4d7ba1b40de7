"""Support: a ticket is a conversation between a buyer and the shop, about an order or about nothing yet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from shop.models.codes import new_code
from shop.models.feed import Creator
from shop.models.orders import Order, OrderLine

ANSWERED_WITHIN = timedelta(hours=24)


class TicketQuerySet(models.QuerySet["Ticket"]):
    def of(self, buyer: str | None) -> "TicketQuerySet":
        return self.filter(buyer=buyer) if buyer else self.none()

    def for_list(self) -> "TicketQuerySet":
        return self.select_related("order").prefetch_related("messages").order_by("-changed_at", "-pk")

    def for_page(self) -> "TicketQuerySet":
        return self.select_related("order").prefetch_related("order__lines", "messages")


class Ticket(models.Model):
    """`waiting_since` is when the buyer last wrote without an answer; null while nobody waits for the shop."""

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
        OPEN = "open", "waiting for the shop"
        ANSWERED = "answered", "waiting for the buyer"
        RESOLVED = "resolved", "resolved"

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    buyer = models.CharField(max_length=32, db_index=True)
    participant = models.BigIntegerField(help_text="Whose walk the ticket belongs to.")
    key = models.CharField(max_length=32, help_text="Of the form it came from: sent twice, it is one ticket.")
    topic = models.CharField(max_length=10, choices=Topic.choices)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="tickets")
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, blank=True, related_name="+")
    store = models.ForeignKey(
        Creator, models.PROTECT, null=True, blank=True, related_name="chats", help_text="Set: a chat with this store."
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="tickets"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is late, and urgent.")
    reopened = models.PositiveSmallIntegerField(default=0, help_text="How often it was not solved after all.")
    csat = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How satisfied the buyer was, 1 to 5.")
    csat_text = models.CharField(max_length=300, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True, default=timezone.now)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["buyer", "key"], name="one_ticket_per_form"),
            models.CheckConstraint(
                condition=models.Q(csat=None) | models.Q(csat__range=(1, 5)), name="satisfied_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_topic_display()}"

    @property
    def is_resolved(self) -> bool:
        return self.status == self.Status.RESOLVED

    @property
    def last_message(self) -> "Message":
        """Wants prefetched messages; a ticket is never without one."""
        return list(self.messages.all())[-1]

    @property
    def answer_due(self) -> datetime | None:
        return self.waiting_since and self.waiting_since + ANSWERED_WITHIN

    @property
    def is_late(self) -> bool:
        return self.answer_due is not None and self.answer_due < timezone.now()

    def become(self, status: str) -> None:
        """Whoever waits for the shop keeps the place in the queue they had when they began to wait."""
        self.status = status
        self.waiting_since = (self.waiting_since or timezone.now()) if status == self.Status.OPEN else None
        self.save(update_fields=["status", "waiting_since", "changed_at"])


class Message(models.Model):
    """Something written in a ticket: by staff when it has an author, else by the buyer."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages")
    key = models.CharField(max_length=32)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["ticket", "key"], name="one_message_per_form")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_from_buyer(self) -> bool:
        return self.author_id is None


class Attachment(models.Model):
    """A file of a message; only its buyer and staff can fetch it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    file = models.FileField(upload_to="tickets/")
    name = models.CharField(max_length=120, help_text="What it was called on the buyer's device.")
    kind = models.CharField(max_length=40, help_text="Its content type, as we found it to be.")
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class CannedReply(models.Model):
    """An answer that is written often; {name}, {order} and {product} are filled in."""

    title = models.CharField(max_length=80)
    topic = models.CharField(
        max_length=10, choices=Ticket.Topic.choices, blank=True, help_text="Empty: fits every topic."
    )
    text = models.TextField(max_length=2000)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "canned replies"

    def __str__(self) -> str:
        return self.title
