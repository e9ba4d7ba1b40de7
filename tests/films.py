"""Small real videos, made when a test needs one."""

from fractions import Fraction
from io import BytesIO

import av
from PIL import Image

RATE = 24


def film(size=(90, 160), seconds=2.0, sound=True, kind="mp4", turned=0, frames=RATE) -> bytes:
    """Red above blue; `turned` is how a phone says that it was held sideways."""
    buffer = BytesIO()
    with av.open(buffer, "w", format=kind) as made:
        codec = {"mp4": "libx264", "mov": "libx264", "webm": "libvpx"}[kind]
        video = made.add_stream(codec, rate=frames)
        video.width, video.height, video.pix_fmt = (*size, "yuv420p")
        if turned:
            video.set_display_rotation(turned)
        heard = made.add_stream({"webm": "libopus"}.get(kind, "aac"), rate=48_000, layout="mono") if sound else None
        for n in range(int(seconds * frames)):
            made.mux(video.encode(av.VideoFrame.from_image(picture(size, n))))
        made.mux(video.encode(None))
        if heard:
            for n in range(int(seconds * 48_000 / 960)):
                made.mux(heard.encode(hum(n)))
            made.mux(heard.encode(None))
    return buffer.getvalue()


def picture(size: tuple[int, int], n: int) -> Image.Image:
    image = Image.new("RGB", size, (200, 30, 40))
    image.paste((20, 60, 200), (0, size[1] // 2, size[0], size[1]))
    image.paste((250, 250, 250), (n % size[0], 4, min(size[0], n % size[0] + 8), 12))
    return image


def hum(n: int) -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout="mono", samples=960)
    frame.planes[0].update(bytes([0, (n % 8) * 4]) * 960)
    frame.rate, frame.pts, frame.time_base = 48_000, n * 960, Fraction(1, 48_000)
    return frame
