"""What videos and products did on a day: one row for each of them, a day and a kind of participant."""

from django.db import models

from analytics.days import DayQuerySet
from analytics.videos.fields import Figures
from analytics.videos.product_figures import ProductFigures
from analytics.videos.video_figures import VideoFigures
from journey.models.json_text import JsonText

TEXT = 100  # as long as a slug may be in a journey


class Day(models.Model):
    """Rebuilt with the day's counts. Figures that are numbers are columns; the others stand together in `spreads`."""

    day = models.DateField()
    kind = models.CharField(max_length=10)
    spreads = JsonText(help_text="Code of a figure → name → how many.")

    objects = DayQuerySet.as_manager()

    class Meta:
        abstract = True


class VideoDay(Day):
    """What a video did in the journeys that began on a UTC day."""

    video = models.CharField(max_length=TEXT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["video", "day", "kind"], name="one_row_a_video_day")]
        indexes = [models.Index(fields=["day"], name="videos_of_a_day")]

    def __str__(self) -> str:
        return f"{self.video} on {self.day}"


class ProductDay(Day):
    """What a product did in the journeys that began on a UTC day."""

    product = models.CharField(max_length=TEXT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "day", "kind"], name="one_row_a_product_day")]
        indexes = [models.Index(fields=["day"], name="products_of_a_day")]

    def __str__(self) -> str:
        return f"{self.product} on {self.day}"


def _with_columns(model: type[Day], figures: type[Figures]) -> None:
    meanings = figures.meanings()
    for name in figures.numbers():
        wide = name.endswith(("_ms", "_cents"))
        column = models.BigIntegerField if wide else models.PositiveIntegerField
        model.add_to_class(name, column(default=0, help_text=meanings[name]))


_with_columns(VideoDay, VideoFigures)
_with_columns(ProductDay, ProductFigures)
