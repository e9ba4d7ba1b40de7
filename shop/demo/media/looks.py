"""Data of the still pictures: how each product is shown, and the face of each creator."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """Its light and its bold ground, its props, the angle, how far it is open in use (second picture) and otherwise."""

    light: tuple[str, str]
    bold: tuple[str, str]
    props: tuple[str, ...]
    yaw: float = -18
    pitch: float = 14
    open: float = 0
    shown: float = 0
    style: str = "arch"
    size: int = 640


LOOKS = {
    "rose-serum": Look(("#fdf3f1", "#f4dedb"), ("#f7a8b8", "#d9537c"), ("1f339", "1f338")),
    "glow-drops": Look(("#fdf6ea", "#f3e2c4"), ("#ffc04d", "#ff8a1f"), ("1f34a", "1f33f"), style="disc"),
    "lip-butter": Look(("#fcf1ef", "#f3dcd8"), ("#f7b2ae", "#e8808d"), ("1f353", "1f352")),
    "overnight-hair-mask": Look(("#f5f2fb", "#ded6f0"), ("#6a5acb", "#2b2466"), ("1f319", "2601-fe0f"),
        open=1, style="stars"),
    "mini-waffle-maker": Look(("#f2faf8", "#d5e9e5"), ("#ffb199", "#ff7f79"), ("1f353", "1fad0"),
        open=1, shown=1, size=560, yaw=-26, pitch=18, style="tiles"),
    "chili-crisp": Look(("#fdf5e6", "#f3dfba"), ("#f2502e", "#a81c10"), ("1f336-fe0f", "1f9c4"),
        yaw=-8, style="rays"),
    "matcha-set": Look(("#f6f8ee", "#e0e6cc"), ("#9cc266", "#5f8a36"), ("1f343", "1f375"),
        pitch=22, open=1, shown=1, style="leaves", size=560),
    "pour-over-kit": Look(("#f8f3ec", "#e6d8c6"), ("#8a5a38", "#43251a"), ("2615", "1f36a"), yaw=-30, style="window"),
    "sunset-lamp": Look(("#f6efec", "#e6d5d0"), ("#6a2f4f", "#f0885a"), ("1fab4", "1f408"), yaw=-20, style="sunset"),
    "cloud-pillow": Look(("#f3f6fd", "#d9e3f5"), ("#7f9df0", "#5560c4"), ("1f319", "2b50"), style="stars", size=600),
    "soy-candle": Look(("#f8f4ea", "#e6dcc6"), ("#8f6a4c", "#4a2f20"), ("1f33f", "1f33c"), yaw=-14, style="leaves"),
    "plant-mister": Look(("#f1f6f0", "#d6e4d6"), ("#3f8a66", "#1d523c"), ("1fab4", "1f33f"), style="leaves"),
    "magnetic-power-bank": Look(("#f2f4fd", "#d6dcf3"), ("#5b4fd0", "#221c66"), ("26a1", "1f50b"),
        yaw=-26, open=1, style="rays"),
    "clip-mic": Look(("#f5f5f7", "#dedfe6"), ("#ffc24d", "#ff9440"), ("1f3a7", "1f3b5"), style="disc"),
    "mini-projector": Look(("#f4f4f8", "#dcdde8"), ("#5b4794", "#231a46"), ("1f37f", "1f3ac"),
        yaw=-24, style="window"),
    "desk-timer": Look(("#fbf6ec", "#eedfc2"), ("#6fb8f0", "#3a7fc4"), ("1f4da", "2615"),
        open=0.4, shown=0.7, style="dots"),
    "bucket-hat": Look(("#f3f7f1", "#dbe6d8"), ("#7fd0f5", "#f5cf8f"), ("1f576-fe0f", "1f41a"),
        style="waves", size=600),
    "everyday-tote": Look(("#f9f4ed", "#ebdfce"), ("#ffc45c", "#f09a3a"), ("1f956", "1f34b"), style="arch"),
    "cloud-slides": Look(("#faf3f7", "#ecdbe6"), ("#a99cf2", "#e8a6d6"), ("2601-fe0f", "1fae7"),
        yaw=-76, pitch=24, style="disc"),
    "satin-scrunchies": Look(("#fbf3f7", "#eed9e4"), ("#f59cc2", "#c765b0"), ("1f380", "1f497"),
        pitch=22, style="arch"),
    "snuffle-mat": Look(("#fbf5ec", "#ecdcc4"), ("#5fb79c", "#2f7a66"), ("corgi", "1f9b4"),
        pitch=34, style="dots", size=600),
    "lick-bowl": Look(("#f1f9f8", "#d3e8e6"), ("#ffbd66", "#f58a42"), ("1f429", "1f955"),
        pitch=38, style="rays", size=620),
    "cat-tunnel": Look(("#f8f3f7", "#e5d9ea"), ("#ff9f8a", "#e0645c"), ("1f431", "1f9f6"),
        yaw=-14, style="window", size=620),
    "paw-balm": Look(("#f4f7ef", "#dde6d2"), ("#f5c98f", "#e08f55"), ("1f43e", "1f36f"), pitch=24, style="waves"),
}  # fmt: skip

AVATARS = {
    "mira-glows": ("1f469-1f3fd-200d-1f9b1", "#ffb3c4", "#e2587c"),
    "hair-by-jun": ("1f9d1-1f3fb", "#cdbdf7", "#7d6bd6"),
    "tiny-kitchen-tom": ("1f468-1f3fc-200d-1f373", "#ffdc8a", "#ff9f4a"),
    "slow-brew-ada": ("1f469-1f3ff-200d-1f9b1", "#e8c9a0", "#9c6a42"),
    "soft-corner": ("1f475-1f3fb", "#cfe0ff", "#8fa4ee"),
    "desk-dan": ("1f9d4-1f3fe-200d-2642-fe0f", "#bfe6e0", "#3fa79a"),
    "noor-wears": ("1f9d5-1f3fd", "#ffd3e4", "#d96aa0"),
    "biscuit-and-co": ("corgi", "#cfeee6", "#5fb7a8"),
}  # fmt: skip
