"""Films a scene: poses the actors frame by frame, cuts between the shots, encodes the clip and its poster."""

import hashlib
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import IO

import imageio_ffmpeg
from PIL import Image, ImageFilter

from . import rooms
from .drawing import art, stamp
from .goods import MODELS
from .motions import MOTIONS, ease
from .scenes import Actor, Good, Scene, Set, Shot
from .shapes import at, can
from .studio import Part, View, photograph

WIDE, HIGH, RATE = 540, 960, 24
CUT = 9  # frames a cut takes
POSES = 20  # pictures of a good that moves; neighbours are blended, twice as many where it opens
CACHE = Path()


def use_cache(folder: Path) -> None:
    global CACHE
    CACHE = folder
    folder.mkdir(parents=True, exist_ok=True)


@lru_cache(maxsize=400)
def portrait(good: Good, k: float, size: int, fine: int) -> Image.Image:
    """The good at moment k of its move; kept on disk because a picture takes a second or two."""
    key = hashlib.sha256(repr((good, k, size, fine)).encode()).hexdigest()[:20]
    kept = CACHE / f"{good.slug}-{key}.png"
    if not kept.exists():
        yaw, pitch, opened = (v[0] + (v[-1] - v[0]) * k for v in (good.yaw, good.pitch, good.open))
        parts = MODELS[good.slug](used=opened)
        if good.podium:
            parts.append(Part(at(can(1.08, 0.09, 0.04), y=-1.09), good.podium, 0.15))
        ground = (-1.18 if good.podium else -1.0) if good.table else None
        picture = photograph(parts, size, View(yaw, pitch, good.zoom, ground), fine)
        if fine == 1:
            picture = picture.convert("RGBa").filter(ImageFilter.GaussianBlur(0.75)).convert("RGBA")
        picture.save(kept)
    return Image.open(kept).convert("RGBA")


def _moves(good: Good) -> bool:
    return any(len(set(trait)) > 1 for trait in (good.yaw, good.pitch, good.open))


def _picture(actor: Actor, k: float) -> Image.Image:
    if isinstance(actor.art, str):
        return art(actor.art, actor.blur)
    if not _moves(actor.art):
        picture = portrait(actor.art, 0, 640, 2)
        return picture.filter(ImageFilter.GaussianBlur(actor.blur)) if actor.blur else picture
    if len(set(actor.art.open)) > 1:  # a lid or a hand moves too far between two pictures to be blended
        return portrait(actor.art, round(ease(k) * 2 * POSES) / (2 * POSES), 640, 1)
    step = ease(k) * (POSES - 1)
    low = min(int(step), POSES - 2)
    near, far = (portrait(actor.art, (low + i) / (POSES - 1), 640, 1) for i in (0, 1))
    return Image.blend(near, far, step - low)


@lru_cache(maxsize=8)
def _plate(room: Set) -> Image.Image:
    return rooms.build(room)


def film(shot: Shot, seconds: float) -> Image.Image:
    """One frame; seconds may run a little out of the shot while a cut lasts."""
    k = seconds / shot.seconds
    push = ease(k) * 0.7 + k * 0.3
    zoom, pan, lift = (a + (b - a) * push for a, b in (shot.zoom, shot.pan, shot.lift))
    far = 1 + (zoom - 1) * 0.5
    left, top = rooms.MIDDLE[0] - WIDE / 2 / far + pan * 0.4, rooms.MIDDLE[1] - HIGH / 2 / far + lift * 0.4
    place = (1 / far, 0, left, 0, 1 / far, top)
    frame = _plate(shot.room).transform((WIDE, HIGH), Image.Transform.AFFINE, place, Image.Resampling.BICUBIC)
    posed = [(actor, MOTIONS[actor.motion](actor, seconds)) for actor in shot.actors]
    hero = next((i for i, (actor, _) in enumerate(posed) if isinstance(actor.art, Good)), 0)
    behind = [item for item in posed[hero + 1 :] if item[1].front < 0]
    for actor, pose in [*posed[:hero], *behind, *(item for item in posed[hero:] if item[1].front >= 0)]:
        near = 1 + (zoom - 1) * actor.depth
        picture = _picture(actor, k)
        base = actor.size / (256 if actor.blur and isinstance(actor.art, str) else picture.width)
        x = WIDE / 2 + (actor.x + pose.x - pan * actor.depth) * near
        y = HIGH / 2 + (actor.y + pose.y - lift * actor.depth) * near
        stamp(frame, picture, x, y, base * pose.scale * near, actor.turn + pose.turn, actor.alpha * pose.alpha,
              actor.tall * pose.tall, actor.light)  # fmt: skip
    return frame


def cut(old: Image.Image, new: Image.Image, kind: str, k: float) -> Image.Image:
    if kind == "whip":
        shift = int(ease(k) * WIDE)
        strip = Image.new("RGB", (WIDE * 2, HIGH))
        strip.paste(old, (0, 0))
        strip.paste(new, (WIDE, 0))
        smear = 1 + int(60 * (1 - abs(2 * k - 1)))
        blurred = strip.resize((max(2, strip.width // smear), HIGH), Image.Resampling.BOX).resize(
            strip.size, Image.Resampling.BICUBIC
        )
        return blurred.crop((shift, 0, shift + WIDE, HIGH))
    if kind == "iris":
        mask = Image.new("L", (WIDE, HIGH))
        stamp_mask = art("disc:#ffffff").getchannel("A").resize((int(60 + 1240 * ease(k)),) * 2)
        mask.paste(255, ((WIDE - stamp_mask.width) // 2, (HIGH - stamp_mask.height) // 2), stamp_mask)
        return Image.composite(new, old, mask)
    if kind == "flash":
        white = Image.new("RGB", (WIDE, HIGH), "#fffaf2")
        return Image.blend(old, white, min(1, k * 2)) if k < 0.5 else Image.blend(white, new, k * 2 - 1)
    return Image.blend(old, new, ease(k))


def frames(scene: Scene):
    """Every frame of the loop: each shot ends in a cut to the next, the last one to the first."""
    for index, shot in enumerate(scene.shots):
        count = round(shot.seconds * RATE)
        following, kind = scene.shots[(index + 1) % len(scene.shots)], scene.cuts[index % len(scene.cuts)]
        for number in range(count):
            now, rest = film(shot, number / RATE), count - number
            if rest <= CUT:
                now = cut(now, film(following, -rest / RATE), kind, 1 - rest / (CUT + 1))
            yield now


def encode(scene: Scene, target: Path) -> int:
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24",
        "-s", f"{WIDE}x{HIGH}", "-r", str(RATE), "-i", "-", "-an", "-c:v", "libx264", "-preset", "slow",
        "-tune", "animation", "-crf", str(scene.crf), "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-g", "72",
        "-threads", "1", "-fflags", "+bitexact", "-map_metadata", "-1", str(target),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        for frame in frames(scene):
            _write(encoder.stdin, frame)
    return target.stat().st_size


def _write(pipe: IO[bytes] | None, frame: Image.Image) -> None:
    if pipe:
        pipe.write(frame.tobytes())


def shoot(scene: Scene, folder: Path) -> str:
    film(scene.shots[0], 0).save(folder / f"{scene.slug}.webp", quality=70, method=6)
    rough = folder / f"{scene.slug}.part.mp4"
    size = encode(scene, rough)
    rough.replace(folder / f"{scene.slug}.mp4")
    return f"{scene.slug} {size // 1024} KB"
