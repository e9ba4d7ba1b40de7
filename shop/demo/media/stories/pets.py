"""Sniff, lick, dart and a soft paw: the pet clips."""

from ..scenes import Actor, Good, Scene, Set, Shot, many

SNUFFLE = Scene(
    "snuffle-mat",
    (
        Shot(
            Set(("#ffe0b0", "#ffc27a"), ("#d99a5b", "#b5733a"), 130, "tiles", "#fff1d6", "#fff6e3"),
            (
                Actor(Good("corgi", pitch=(6,), table=False), 0, -42, 420, "hop", 16, 1.1),
                Actor(Good("snuffle-mat", yaw=(-10, 24), pitch=(28,)), 0, 60, 560),
                Actor("1f9b4", -175, 265, 100, "sway", 12, 1),
                *many(Actor("1f43e", 190, -160, 64, "pop", 10, delay=0.4), 1, 2),
                *many(Actor("heart:#ff6f6f", 60, -190, 44, "rise", 120, 1), 5, 4, (120, 20), (0.6, 1.2)),
            ),
            2.8,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#3a8f7d", "#6cc7a6"), None, 0, "dots", "#a8e6cb", "#c9f5de"),
            (
                Actor(Good("snuffle-mat", yaw=(0, 50), pitch=(58,), table=False), 0, 90, 660),
                Actor(Good("corgi", pitch=(6,), table=False), 0, -235, 345, "drop", 26, delay=0.1),
                *many(Actor("1f9b4", 0, -60, 74, "burst", 330, delay=0.6), 8, 6, (0, 0), (0.7, 1.1)),
                *many(Actor("spark:#ffffff", 0, 0, 90, "twinkle", light=True), 8, 4, (210, 260), (0.5, 1)),
            ),
            2.6,
            (1.0, 1.12),
        ),
    ),
    ("whip", "iris"),
    crf=30,
)

LICK = Scene(
    "lick-bowl",
    (
        Shot(
            Set(("#d2f4ee", "#8fdcd2"), ("#fff3df", "#e9cfa3"), 175, "disc", "#f2fffb", "#ffffff"),
            (
                Actor("1f429", -10, -85, 310, "hop", 14, 1),
                Actor(Good("lick-bowl", yaw=(0, 60), pitch=(28,)), 0, 60, 580),
                Actor("1f955", -190, 255, 110, "sway", 8, 0.9),
                Actor("1f95c", 190, 255, 100, "hop", 8, 0.9),
                *many(Actor("heart:#ff7d8f", 40, -200, 44, "rise", 120, 1), 5, 4, (120, 20), (0.6, 1.2)),
            ),
            2.7,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#ffb14a", "#ff8f4a"), None, 0, "rays", "#ffd28a", "#ffe3b0"),
            (
                Actor(Good("lick-bowl", yaw=(0, 160), pitch=(56,), table=False), 0, 60, 690),
                *many(Actor("ball:#8a4f24", 0, 0, 34, "fall", 20, 1.5), 12, 6, (140, 0), (0.6, 1.1)),
                *many(Actor("heart:#ff5d7d", 0, -60, 50, "rise", 170, 1), 6, 8, (190, 120), (0.6, 1.2)),
                *many(Actor("1f43e", 0, 40, 66, "orbit", 235, 1.2), 5, 4, (0, 120), (0.7, 1.1)),
            ),
            2.5,
            (1.0, 1.12),
        ),
    ),
    ("flash", "whip"),
    crf=27,
)

TUNNEL = Scene(
    "cat-tunnel",
    (
        Shot(
            Set(("#ffd0bd", "#ff9f8a"), ("#ffe3d0", "#f29d80"), 200, "window", "#fff3e0", "#fff6ec"),
            (
                Actor(Good("cat-tunnel", yaw=(-14,), pitch=(12,)), -24, 10, 610),
                Actor("1f431", 118, 72, 150, "hop", 14, 1),
                Actor("1f9f6", -190, 260, 110, "spin", 1, 3),
                Actor("1f42d", 320, 255, 90, "cross", -150, 1),
                *many(Actor("petal:#ffffff", 0, 0, 30, "fall", 60, 0.9), 5, 3, (250, 0), (0.6, 1.1)),
            ),
            2.8,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#17122f", "#2d2360"), None, 0, "plain", "#4b3aa0", "#5a48c0"),
            (
                *(
                    Actor("disc:" + c, 0, -20, s, "pulse", 3, 0.9, i * 0.1, depth=d)
                    for i, (c, s, d) in enumerate(
                        (
                            ("#7c6cf0", 980, 2.2),
                            ("#5546c0", 830, 1.9),
                            ("#ff9b6a", 700, 1.6),
                            ("#d9743f", 590, 1.4),
                            ("#6353d6", 500, 1.2),
                            ("#4437a0", 420, 1.1),
                            ("#2d2470", 350, 1.0),
                            ("#120d2b", 300, 0.9),
                        )
                    )
                ),
                *(Actor("ball:#d9ff6a", x, -40, 66, "twinkle", 1, 0.8, 0.1, depth=0.9) for x in (-58, 58)),
                *(Actor("ball:#0d0a1f", x, -40, 26, "twinkle", 1, 0.8, 0.1, depth=0.9, tall=1.9) for x in (-58, 58)),
                Actor("1f63a", 0, -20, 330, "pop", 16, delay=1.35, depth=1.4),
                *many(Actor("1f41f", 0, 0, 70, "burst", 330, delay=1.3), 6, 4, (0, 0), (0.7, 1.1)),
                *many(
                    Actor("spark:#ffe9a0", 0, -20, 100, "burst", 320, delay=1.25, light=True), 9, 6, (0, 0), (0.6, 1.2)
                ),
            ),
            2.9,
            (1.0, 1.28),
        ),
    ),
    ("iris", "iris"),
)

BALM = Scene(
    "paw-balm",
    (
        Shot(
            Set(("#d4ecd0", "#9ccfa5"), ("#f3f6e4", "#b4d6ae"), 195, "leaves", "#5d9c6c", "#ffffff"),
            (
                Actor(Good("paw-balm", yaw=(-26, 14), pitch=(22,), podium="#cfe3bd"), 0, 15, 580),
                Actor("1f33c", -195, 220, 120, "sway", 8, 0.9),
                Actor("1f36f", 195, 225, 130, "sway", 5, 0.8),
                Actor("1f41d", -60, -240, 90, "float", 40, 1.6, turn=-8),
                *many(Actor("leaf:#6fb07c", 0, 0, 40, "fall", 60, 0.9), 6, 3, (250, 0), (0.6, 1.2)),
            ),
            2.8,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#f5c98f", "#f0a56b"), None, 0, "waves", "#ffe3ba", "#fff0d4"),
            (
                Actor("disc:#fff3df", 0, -20, 440, "pulse", 4, 1, alpha=0.8, depth=0.6),
                *many(Actor("1f43e", 0, 0, 80, "twinkle", 1, 0.9, alpha=0.5), 10, 6, (200, 290), (0.6, 1.1)),
                Actor(Good("paw-balm", yaw=(-24, 10), pitch=(26,), table=False), 0, -70, 500, "float", 14, 1),
                Actor(Good("corgi", pitch=(6,), table=False), 0, 205, 360, "hop", 24, 1.1),
                *many(Actor("heart:#ff7d6f", 0, 120, 44, "rise", 140, 1), 5, 4, (160, 20), (0.6, 1.2)),
                *many(Actor("spark:#ffffff", 0, -20, 120, "twinkle", light=True), 10, 4, (190, 220), (0.5, 1)),
            ),
            2.6,
            (1.0, 1.1),
        ),
    ),
    ("dissolve", "whip"),
    crf=26,
)

SCENES = (SNUFFLE, LICK, TUNNEL, BALM)
