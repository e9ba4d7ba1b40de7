"""What is said in a ticket, the files that come with it, and answers that are written often."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from shop.models.codes import new_code
from shop.models.files import file_goes_with_row
from shop.models.owned import OwnedQuerySet


class Voice(models.TextChoices):
    BUYER = "buyer", "buyer"
    SHOP = "shop", "shop"
    AUTOMATIC = "automatic", "automatic answer"
    SYSTEM = "system", "what happened"
    NOTE = "note", "internal note"


class MessageQuerySet(models.QuerySet["Message"]):
    def shown(self) -> "MessageQuerySet":
        """What the buyer may read: no internal notes."""
        return self.exclude(voice=Voice.NOTE)

    def said(self) -> "MessageQuerySet":
        return self.filter(voice__in=[Voice.BUYER, Voice.SHOP, Voice.AUTOMATIC])

    def to_read(self) -> "MessageQuerySet":
        return self.filter(voice__in=[Voice.SHOP, Voice.AUTOMATIC])


class Message(models.Model):
    """Something said in a ticket, or a note of staff that its buyer never sees."""

    ticket = models.ForeignKey("Ticket", models.CASCADE, related_name="messages")
    key = models.CharField(max_length=32)
    voice = models.CharField(max_length=10, choices=Voice.choices, default=Voice.BUYER)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "key"], name="one_message_per_form"),
            models.CheckConstraint(
                condition=Q(author=None, voice__in=["buyer", "automatic", "system"])
                | Q(author__isnull=False, voice__in=["shop", "note"]),
                name="staff_speaks_by_name",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_from_buyer(self) -> bool:
        return self.voice == Voice.BUYER


def private_files() -> Storage:
    """Where no address leads: only a view that knows who asks opens these files."""
    return storages["private"]


class AttachmentQuerySet(OwnedQuerySet["Attachment"]):
    owner = "message__ticket__buyer"


@file_goes_with_row("file")
class Attachment(models.Model):
    """A file of a message; only its buyer and staff can fetch it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    file = models.FileField(upload_to="tickets/", storage=private_files)
    name = models.CharField(max_length=120, help_text="What it was called on the buyer's device.")
    kind = models.CharField(max_length=40, help_text="Its content type, as we found it to be.")
    size = models.PositiveIntegerField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind.startswith("image/")
