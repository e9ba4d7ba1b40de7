"""The page of one video."""

from functools import cached_property

from django.urls import NoReverseMatch, reverse

from analytics.videos import periods, pictures
from analytics.videos.boards import PRODUCT, VIDEO
from analytics.videos.cells import Figure
from analytics.videos.results import Linked, Listed, Results
from analytics.videos.video_figures import VideoFigures

TENTHS_OF_DELAY, HALF_SECONDS = 50, 120


class VideoResults(Results):
    kind = VIDEO

    @cached_property
    def figures(self) -> VideoFigures:
        asked = self.question
        found = periods.figures(asked.first, asked.last, asked.kinds, [self.slug])
        return found.get(self.slug) or VideoFigures(video=self.slug)

    @property
    def cards(self) -> list[Figure]:
        return [self.figure(key) for key in ("plays", "anchor_display", "ctr", "ctor", "orders", "gpm_cents")]

    @property
    def ctr_of_plays(self) -> Figure:
        return self.figure("ctr_of_plays")

    @property
    def clip(self) -> str:
        try:
            return reverse("shop:clip", args=[self.slug])
        except NoReverseMatch:
            return ""

    @cached_property
    def curve(self) -> pictures.Curve:
        return pictures.curve_of(self.figures, self.opens)

    @property
    def trends(self) -> list[Listed]:
        named = {"Plays": ("starts", "loops"), "Taps": ("clicks",), "Orders": ("orders",)}
        return [Listed(title, self.trend(*figures), "") for title, figures in named.items()]

    @property
    def watching(self) -> list[Listed]:
        return [
            self.histogram("Seconds played", "watch", 0.5, HALF_SECONDS, "Nothing is known."),
            self.histogram("Until it played", "start_delay", 0.1, TENTHS_OF_DELAY, "Unknown."),
        ]

    @property
    def lists(self) -> list[Listed]:
        return [
            self.listed("Why a showing ended", "exits", "No showing has ended.", self.figures.showings),
            self.listed("Liked, saved, shared", "engagements", "Nobody has."),
        ]

    @property
    def linked(self) -> Linked:
        """The products on it."""
        return self.table(
            "Products on it", PRODUCT, ("Anchor seen", "offered"), ("Taps", "clicked"), "Nobody saw a product on it."
        )
