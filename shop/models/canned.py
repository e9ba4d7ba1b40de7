"""What is written often: answers that staff sends, and questions that buyers find answered."""

from django.db import models

from shop.models.support import Ticket


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


class Faq(models.Model):
    """A question that is asked often, with its answer, on the support page."""

    slug = models.SlugField(unique=True)
    question = models.CharField(max_length=120)
    answer = models.TextField(max_length=2000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "question"]
        verbose_name = "frequent question"

    def __str__(self) -> str:
        return self.question
