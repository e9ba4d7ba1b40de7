"""Videos: whether a file is one we can show, and the web clip and poster that are made of it."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.filter import Graph
from django.core.exceptions import ValidationError
from django.core.files.base import File

from shop.uploads import webp

VIDEO_BYTES = 50_000_000
SHORTEST_S, LONGEST_S = 1, 180
WIDEST = 4096
WIDTH, HEIGHT = 720, 1280
FASTEST = 30  # frames a second
SOUND = 44_100
TURNS = {90: "transpose=cclock", -90: "transpose=clock", 180: "hflip,vflip", -180: "hflip,vflip"}
ENCODED = {"preset": "veryfast", "crf": "23", "profile": "high", "maxrate": "2500k", "bufsize": "5000k"}
UNREADABLE = "This is not a video we can read: send an MP4, MOV or WebM."
# What FFmpeg and its wrapper raise for a file that is no video, is cut off, or was made to harm.
BROKEN = (FFmpegError, OSError, ValueError, TypeError, IndexError, EOFError, ArithmeticError)


def missing_codecs() -> list[str]:
    return [name for name in ("libx264", "aac") if name not in av.codecs_available]


def kind_of(begin: bytes) -> str:
    """The one demuxer that may read it: some of FFmpeg's others open files and addresses that a file names."""
    if begin[4:8] == b"ftyp":
        return "mov"
    return "matroska" if begin.startswith(b"\x1aE\xdf\xa3") else ""


def checked_video(file: File) -> None:
    """Raises ValidationError with a sentence for whoever sent it."""
    if file.size > VIDEO_BYTES:
        raise ValidationError(f"This video is larger than {VIDEO_BYTES // 1_000_000} MB: send a smaller one.")
    file.seek(0)
    kind = kind_of(file.read(12))
    if not kind:
        raise ValidationError(UNREADABLE)
    file.seek(0)
    try:
        with av.open(file, format=kind) as opened:
            complaint = unfit(upright_size(first_frame(opened)), seconds(opened))
    except BROKEN:
        raise ValidationError(UNREADABLE) from None
    finally:
        file.seek(0)
    if complaint:
        raise ValidationError(complaint)


def unfit(size: tuple[int, int], lasts: Fraction) -> str:
    width, height = size
    if width > height:
        return f"This video is wider than tall ({width} × {height}): turn the phone upright, or crop it to 9:16."
    if height > WIDEST:
        return f"This video is {width} × {height}: send one that is {WIDEST} tall at most."
    if lasts < SHORTEST_S:
        return "This video is shorter than a second."
    if lasts > LONGEST_S:
        return f"This video lasts {round(lasts)} seconds: three minutes are the most."
    return ""


def pictures(opened) -> av.VideoStream:
    video = opened.streams.video[0]
    if not video.codec_context:
        raise ValueError("pictures that nothing here can decode")
    # The size that counts is the one in the pictures themselves, which is known when one is decoded.
    video.codec_context.options = {"max_pixels": str(WIDEST * WIDEST)}
    return video


def first_frame(opened) -> av.VideoFrame:
    for frame in opened.decode(pictures(opened)):
        return frame
    raise ValueError("a video without a picture")


def upright_size(frame: av.VideoFrame) -> tuple[int, int]:
    turned = frame.rotation in (90, -90)
    return (frame.height, frame.width) if turned else (frame.width, frame.height)


def seconds(opened) -> Fraction:
    """What the container says; where it says nothing, as in what browsers record, when its last packet ends."""
    if opened.duration:
        return Fraction(opened.duration, av.time_base)
    video = opened.streams.video[0]
    ends = [packet.pts + (packet.duration or 0) for packet in opened.demux(video) if packet.pts is not None]
    return max(ends, default=0) * video.time_base


def make_clip(source: BinaryIO, target: Path, tell: Callable[[int], None]) -> bytes:
    """Write H.264 and AAC that every phone plays, and return the poster; `tell` hears the percent that are done.

    Raises one of BROKEN when the source cannot be read to its end.
    """
    kind = kind_of(source.read(12))
    source.seek(0)
    with av.open(source, format=kind) as measured:
        first, lasts = first_frame(measured), seconds(measured)
    source.seek(0)
    with (
        av.open(source, format=kind) as opened,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as made,
    ):
        clip = Clip(opened, made, first)
        for time in clip.encode():
            tell(min(99, int(time * 100 / lasts)))
        return clip.poster


class Clip:
    """One video on its way from its container into another."""

    def __init__(self, opened, made, first: av.VideoFrame) -> None:
        self.opened, self.made = opened, made
        self.video, self.begins = pictures(opened), Fraction(first.time or 0)
        self.video.thread_type = "AUTO"
        self.rate = max(1, min(FASTEST, round(self.video.average_rate or FASTEST)))
        self.movie = made.add_stream("libx264", rate=self.rate, options=ENCODED | {"g": str(2 * self.rate)})
        # Before a sound is heard: with the first packet of any stream the sizes of all are settled.
        self.movie.width, self.movie.height = fitting(*upright_size(first))
        self.movie.pix_fmt = "yuv420p"
        self.graph = self._drawing(first)
        self.heard = next(iter(opened.streams.audio), None)
        self.sound = made.add_stream("aac", rate=SOUND, layout="stereo", bit_rate=128_000) if self.heard else None
        self.resampler = AudioResampler("fltp", "stereo", SOUND, frame_size=1024)
        self.poster = b""

    def encode(self) -> Iterator[Fraction]:
        """Yields how many seconds are done."""
        for packet in self.opened.demux(*filter(None, [self.video, self.heard])):
            for frame in packet.decode():
                if packet.stream is self.video:
                    self._refuse_gaps(frame)
                    self._see(frame)
                    yield Fraction(frame.time or 0)
                else:
                    self._hear(frame)
        self._see(None)
        self.made.mux(self.movie.encode(None))
        if self.sound:
            self._hear(None)
            self.made.mux(self.sound.encode(None))

    def _refuse_gaps(self, frame: av.VideoFrame) -> None:
        """A gap is filled at a steady rate: one of a year would be drawn for days, whatever the container says."""
        if abs(Fraction(frame.time or 0) - self.begins) > LONGEST_S + 1:
            raise ValueError("a picture long after the end")

    def _see(self, frame: av.VideoFrame | None) -> None:
        self.graph.push(frame)
        for drawn in pulled(self.graph):
            self.poster = self.poster or webp(drawn.to_image(), HEIGHT)
            self.made.mux(self.movie.encode(drawn))

    def _hear(self, frame: av.AudioFrame | None) -> None:
        for heard in self.resampler.resample(frame):
            self.made.mux(self.sound.encode(heard))

    def _drawing(self, frame: av.VideoFrame) -> Graph:
        """Upright, no larger than a phone shows, in square pixels, at a steady rate."""
        graph, base = Graph(), self.video.time_base
        start = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=base)
        steps = [TURNS.get(frame.rotation, ""), f"fps={self.rate}", f"scale={self.movie.width}:{self.movie.height}"]
        nodes = [start]
        for step in ",".join([*filter(None, steps), "setsar=1", "format=yuv420p"]).split(","):
            name, _, arguments = step.partition("=")
            nodes.append(graph.add(name, arguments or None))
        graph.link_nodes(*nodes, graph.add("buffersink")).configure()
        return graph


def fitting(width: int, height: int) -> tuple[int, int]:
    """The size of the clip: the same shape, never larger than it came, both sides even."""
    shrink = min(Fraction(WIDTH, width), Fraction(HEIGHT, height), Fraction(1))
    return tuple(max(2, int(side * shrink) // 2 * 2) for side in (width, height))


def pulled(graph: Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            yield graph.pull()
        except (BlockingIOError, EOFError):
            return
