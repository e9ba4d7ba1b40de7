"""What the demo catalogue has given to this shop."""

from django.db import models


class Given(models.Model):
    """One thing of the demo catalogue, like `product:rose-serum`. Given once: what people delete stays deleted."""

    name = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
