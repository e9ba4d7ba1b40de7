"""The page of one product."""

from functools import cached_property

from analytics.videos import periods, pictures
from analytics.videos.boards import PRODUCT, VIDEO
from analytics.videos.cells import Figure
from analytics.videos.product_figures import ProductFigures
from analytics.videos.results import Linked, Listed, Results

TENTHS_OF_LOAD = 100


class ProductResults(Results):
    kind = PRODUCT

    @cached_property
    def figures(self) -> ProductFigures:
        asked = self.question
        found = periods.product_figures(asked.first, asked.last, asked.kinds, [self.slug])
        return found.get(self.slug) or ProductFigures(product=self.slug)

    @property
    def cards(self) -> list[Figure]:
        return [
            self.figure(key)
            for key in ("page_views", "cart_rate", "checkout_rate", "payment_rate", "orders", "refund_rate")
        ]

    @cached_property
    def blocks(self) -> list[pictures.Block]:
        return pictures.blocks_of(self.figures, self.opens)

    @property
    def trends(self) -> list[Listed]:
        names = {"page_views": "Page views", "carts": "Into the cart", "orders": "Orders"}
        return [Listed(title, self.trend(name), "") for name, title in names.items()]

    @property
    def watching(self) -> list[Listed]:
        load = "Until the page was drawn (LCP)"
        return [self.histogram(load, "load", 0.1, TENTHS_OF_LOAD, "No browser has told it.")]

    @property
    def lists(self) -> list[Listed]:
        views = self.figures.page_views
        return [
            self.listed("Where from", "entries", "Nobody came.", views),
            self.listed("How far down the page", "scrolled", "Nobody came.", views, " %"),
            self.listed("Sheets opened", "sheets", "No sheet was opened.", views),
            self.listed("Taps that did nothing, or in anger", "tapped", "Every tap did something."),
            self.listed("Payments chosen", "methods", "Nobody came so far."),
            self.listed("Fields that were refused", "field_errors", "No field was."),
        ]

    @property
    def linked(self) -> Linked:
        """The videos that lead to it."""
        return self.table(
            "Videos that lead to it",
            VIDEO,
            ("Page views", "videos"),
            ("Orders", "sellers"),
            "Nobody came from a video.",
        )
