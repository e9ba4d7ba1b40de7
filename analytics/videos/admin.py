"""Boards and pages of videos and products in the admin."""

import csv
from collections.abc import Iterator

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path

from analytics.answers.asked import Asked
from analytics.models import ProductDay, VideoDay
from analytics.screens import filters
from analytics.screens.read_only import ReadOnly
from analytics.screens.views import drawn
from analytics.videos.boards import PRODUCT, VIDEO, Board, Kind
from analytics.videos.product_page import ProductResults
from analytics.videos.results import Results
from analytics.videos.video_page import VideoResults


class _Results(ReadOnly):
    """The list keeps its name, so that the index can link it; the board answers in its place."""

    kind: Kind
    page: type[Results]

    def get_urls(self) -> list[URLPattern]:
        name, wrap = f"analytics_{self.kind.name}day", self.admin_site.admin_view
        return [
            path("", wrap(self.board), name=f"{name}_changelist"),
            path("of/<str:slug>/", wrap(self.results), name=f"{name}_results"),
        ]

    def board(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        board = Board(self.kind, self._asked(request))
        if request.GET.get("format") == "csv":
            return _file(board)
        return self._drawn(request, "board", board, f"{self.kind.name.title()} results")

    def results(self, request: HttpRequest, slug: str) -> HttpResponse:
        page = self.page(slug, self._asked(request))
        return self._drawn(request, self.kind.name, page, page.name)

    def _asked(self, request: HttpRequest) -> dict[str, str]:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return {name: str(value) for name, value in request.GET.dict().items()}

    def _drawn(self, request: HttpRequest, name: str, page: Asked, title: str) -> HttpResponse:
        shown = filters.of(page.question, page.period, [], page.url)
        return drawn(request, title, f"videos/{name}", {"page": page, "filters": shown})


@admin.register(VideoDay)
class VideoResultsAdmin(_Results):
    kind, page = VIDEO, VideoResults


@admin.register(ProductDay)
class ProductResultsAdmin(_Results):
    kind, page = PRODUCT, ProductResults


class _Line:
    """What csv writes to: it hands the line on."""

    def write(self, line: str) -> str:
        return line


def _file(board: Board) -> HttpResponse | StreamingHttpResponse:
    """No file at all for a question that is not understood: a file has no place to say so."""
    if board.problem:
        return HttpResponse(board.problem, "text/plain; charset=utf-8", status=400)
    writer = csv.writer(_Line())
    lines: Iterator[str] = (str(writer.writerow([_safe(cell) for cell in line])) for line in board.lines())
    headers = {"Content-Disposition": f'attachment; filename="{board.kind.names}.csv"'}
    return StreamingHttpResponse(lines, "text/csv; charset=utf-8", headers=headers)


def _safe(cell: object) -> object:
    """A spreadsheet runs what begins like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
