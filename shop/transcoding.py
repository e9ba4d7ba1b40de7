"""Uploaded videos become web clips: a periodic task takes the next one, and a worker that was killed is replaced."""

import logging
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from shop.clips import BROKEN, checked_video, make_clip
from shop.models import Upload, Video
from shop.models.uploads import State

logger = logging.getLogger(__name__)

MOST_TRIES = 3
PATIENCE_S = 500  # Celery ends a task after 600
TOLD_EVERY_S = 1
KEPT = timedelta(days=1)


class TakenAway(Exception):
    """This worker was thought dead, and another one has the video now."""


class TooSlow(Exception):
    """The worker would be stopped before it is done."""


def receive(file: File) -> Upload:
    """Keep a video until a worker takes it. Raises ValidationError with a sentence for whoever sent it."""
    checked_video(file)
    return Upload.objects.create(name=Path(file.name).name[-120:], original=file)


def transcode_next() -> None:
    """Prepare the video that waits longest, if none is being prepared."""
    give_up_on_dead_workers()
    if upload := take():
        prepare(upload)


def give_up_on_dead_workers() -> None:
    abandoned = Upload.objects.abandoned()
    abandoned.filter(tries__gte=MOST_TRIES).update(
        state=State.FAILED, reason="The worker was stopped each time it worked on this video."
    )
    abandoned.update(state=State.WAITING)


def take() -> Upload | None:
    upload = Upload.objects.next()
    if not upload:
        return None
    waiting = Upload.objects.filter(pk=upload.pk, state=State.WAITING)
    try:
        with transaction.atomic():
            won = waiting.update(state=State.WORKING, tries=F("tries") + 1, percent=0, heard_at=timezone.now())
    except IntegrityError:  # another one is being prepared
        return None
    return Upload.objects.get(pk=upload.pk) if won else None


def prepare(upload: Upload) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "clip.mp4")
        try:
            with upload.original.open("rb") as source:
                poster = make_clip(source, target, teller(upload))
            with target.open("rb") as movie:
                finish(upload, File(movie), ContentFile(poster))
        except TakenAway:
            forget(upload.movie, upload.poster)
            logger.warning("The video %s was given to another worker.", upload.code)
        except TooSlow:
            fail(upload, "It takes too long to prepare: send it shorter, or in 1080 × 1920.")
        except BROKEN as error:
            logger.warning("The video %s cannot be prepared: %s", upload.code, error)
            fail(upload, f"The file is damaged, after {upload.percent} % of it: export it again and send that.")


def teller(upload: Upload) -> Callable[[int], None]:
    """Writes the percent down now and then, which is the worker's sign of life as well."""
    started = last = time.monotonic()

    def tell(percent: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - started > PATIENCE_S:
            raise TooSlow
        if now - last >= TOLD_EVERY_S:
            upload.percent, last = percent, now
            change(upload, percent=percent, heard_at=timezone.now())

    return tell


def change(upload: Upload, **values: object) -> None:
    """Only for who still has the video."""
    mine = Upload.objects.filter(pk=upload.pk, state=State.WORKING, tries=upload.tries)
    if not mine.update(**values):
        raise TakenAway


def fail(upload: Upload, reason: str) -> None:
    try:
        change(upload, state=State.FAILED, reason=reason)
    except TakenAway:
        logger.warning("The video %s was given to another worker.", upload.code)


def finish(upload: Upload, movie: File, poster: File) -> None:
    upload.movie.save("clip.mp4", movie, save=False)
    upload.poster.save("poster.webp", poster, save=False)
    with transaction.atomic():
        change(upload, state=State.READY, percent=100, movie=upload.movie.name, poster=upload.poster.name)
        hand_over(upload)
    upload.original.delete(save=False)
    Upload.objects.filter(pk=upload.pk).update(original="")


def hand_over(upload: Upload) -> None:
    """A prepared clip becomes its video's. Wants to be in a transaction that has just written the upload's row."""
    upload.refresh_from_db()
    if upload.state != State.READY or not upload.video_id:
        return
    video = Video.objects.select_for_update().get(pk=upload.video_id)
    if video.uploads.filter(pk__gt=upload.pk).exclude(state=State.FAILED).exists():
        return  # a newer one is on its way
    video.movie, video.poster = upload.movie.name, upload.poster.name
    video.save(update_fields=["movie", "poster", "changed_at"])


@transaction.atomic
def tie(upload: Upload, video: Video) -> None:
    """The upload is this video's; its clip is shown as soon as it is prepared."""
    Upload.objects.filter(pk=upload.pk).update(video=video)
    hand_over(upload)


def try_again(upload: Upload) -> bool:
    again = Upload.objects.filter(pk=upload.pk, state=State.FAILED).exclude(original="")
    return bool(again.update(state=State.WAITING, tries=0, percent=0, reason="", at=timezone.now()))


def tidy_up() -> None:
    """Files that no video shows any more, or that never became one, are kept for a day.

    What a video waits for stays: no worker may have run since, and what failed can be tried again.
    """
    old = Upload.objects.filter(at__lt=timezone.now() - KEPT).exclude(state=State.WORKING)
    shown = Video.objects.exclude(movie="").values("movie")
    awaited = {"state__in": [State.WAITING, State.FAILED], "video__isnull": False}
    for upload in old.exclude(movie__in=shown).exclude(**awaited):
        upload.delete()
        forget(upload.original, upload.movie, upload.poster)


def forget(*files: FieldFile) -> None:
    for file in files:
        if file:
            file.storage.delete(file.name)
