"""A sunny day, a market run, soft steps and a satin stack: the fashion clips."""

from ..scenes import Actor, Good, Scene, Set, Shot, many

HAT = Scene(
    "bucket-hat",
    (
        Shot(
            Set(("#7fd0f5", "#cdeffb"), ("#ffe9bf", "#f5cf8f"), 185, "waves", "#ffffff", "#fffbe3"),
            (
                Actor("1f31e", 150, -280, 150, "sway", 10, 0.6, depth=0.5),
                Actor("1f334", -205, -10, 270, "sway", 4, 0.8, depth=0.8),
                Actor(Good("bucket-hat", yaw=(-30, 40), pitch=(16,)), 0, 20, 570),
                Actor("1f41a", -185, 265, 100, "sway", 8, 0.8),
                Actor("1f576-fe0f", 180, 265, 130, "hop", 8, 0.9),
                *many(Actor("spark:#ffffff", 0, -40, 90, "twinkle", light=True), 7, 4, (200, 220), (0.5, 1)),
            ),
            2.8,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#2f6b4f", "#69a37d"), ("#4f8f6b", "#24543d"), 200, "leaves", "#0f3322", "#b5e6bd"),
            (
                Actor("1f33c", -180, 170, 140, "sway", 8, 0.8),
                Actor("1f43b", 0, 105, 300, "hop", 8, 1),
                Actor(Good("bucket-hat", yaw=(0,), pitch=(6,), table=False), 0, -92, 500, "drop", 18, delay=-0.1),
                Actor("1f33b", 190, 160, 160, "sway", 8, 0.9, 0.4),
                Actor("1f98b", 150, -200, 100, "float", 44, 1.5),
                *many(Actor("leaf:#a9d98f", 0, 0, 44, "fall", 60, 0.9), 8, 3, (250, 0), (0.6, 1.2)),
                *many(Actor("heart:#ff8fa8", 0, -40, 44, "burst", 280, delay=0.6), 9, 5, (0, 0), (0.5, 1.1)),
            ),
            2.6,
            (1.0, 1.1),
        ),
    ),
    ("iris", "whip"),
)

TOTE = Scene(
    "everyday-tote",
    (
        Shot(
            Set(("#f6d9c4", "#e8a98a"), ("#fbeadb", "#dfa688"), 200, "arch", "#fff3e8", "#fffaf4"),
            (
                Actor("1f956", -15, -170, 260, "drop", 30, delay=-0.35, turn=-8),
                Actor("1f490", 70, -165, 190, "drop", 30, delay=-0.3, turn=10),
                Actor(Good("everyday-tote", yaw=(-24, 16), pitch=(9,)), 0, 10, 700),
                Actor("1f34b", -195, 225, 100, "hop", 10, 0.9),
                Actor("1f351", 195, 230, 100, "hop", 12, 0.9, 0.4),
                *many(Actor("petal:#ffb199", 0, 0, 34, "fall", 60, 0.9), 7, 3, (250, 0), (0.6, 1.2)),
            ),
            2.8,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#ffd86b", "#ffb84a"), ("#ffe39a", "#f5a93b"), 205, "dots", "#fff0bd", "#fff7d6"),
            (
                Actor(Good("everyday-tote", yaw=(14,), pitch=(16,)), 0, 20, 700, "sway", 3.5, 1.3),
                *many(Actor("1f34e", 0, -120, 84, "burst", 270, delay=0.35), 4, 5, (0, 0), (0.8, 1.1)),
                *many(Actor("1f33c", 0, -120, 64, "burst", 300, delay=0.15), 8, 7, (0, 0), (0.7, 1.2)),
                *many(Actor("1f353", 0, -120, 60, "burst", 320, delay=0.75), 6, 8, (0, 0), (0.8, 1.2)),
                *many(Actor("spark:#ffffff", 0, -60, 90, "twinkle", light=True), 8, 4, (200, 220), (0.5, 1)),
            ),
            2.5,
            (1.0, 1.1),
        ),
    ),
    ("whip", "flash"),
)

SLIDES = Scene(
    "cloud-slides",
    (
        Shot(
            Set(("#cfc4ff", "#f6d3ea"), ("#fbe6f3", "#dcc6f7"), 180, "disc", "#fdf0f8", "#ffffff"),
            (
                Actor("2601-fe0f", -195, -200, 190, "cross", 22, depth=0.6, blur=4),
                Actor(Good("cloud-slides", yaw=(-62, -34), pitch=(24,)), 0, -5, 640, "hop", 34, 0.95),
                Actor("2601-fe0f", -110, 250, 290, "cross", -16, depth=1.2),
                Actor("2601-fe0f", 150, 265, 310, "cross", 16, depth=1.3),
                Actor("2601-fe0f", 240, 440, 330, "cross", -22, depth=1.8, blur=12),
                *many(Actor("petal:#ffffff", 0, 0, 32, "fall", 80, 0.7), 7, 6, (250, 0), (0.6, 1.2)),
            ),
            2.9,
            (1.0, 1.1),
        ),
        Shot(
            Set(("#53c6d6", "#8fe3e0"), None, 0, "tiles", "#d6fbf7", "#ffffff"),
            (
                *many(Actor("ripple:#ffffff", 0, 160, 480, "expand", speed=0.9, light=True), 3, 3, (0, 0), (1, 1)),
                Actor(Good("cloud-slides", yaw=(-50, 0), pitch=(40,)), 0, 60, 680),
                *many(Actor("1fae7", 0, 60, 84, "rise", 150, 0.8), 7, 5, (220, 150), (0.5, 1.1)),
                Actor("1f6c1", -150, -250, 150, "pop", 10, delay=0.3),
                Actor("1f424", 160, -215, 130, "pop", 20, delay=0.55),
            ),
            2.6,
            (1.0, 1.1),
        ),
    ),
    ("dissolve", "whip"),
)

SCRUNCHIES = Scene(
    "satin-scrunchies",
    (
        Shot(
            Set(("#ffd3e4", "#f7a8c8"), ("#ffe3ef", "#f5a6c6"), 205, "arch", "#fff0f6", "#ffffff"),
            (
                Actor(Good("satin-scrunchies", yaw=(-40, 40), pitch=(16,), podium="#f7bcd4"), 0, 0, 650),
                Actor("1f380", -190, -230, 140, "float", 14, 0.9, turn=-12),
                Actor("1f380", 195, 235, 120, "sway", 8, 0.9, turn=14),
                *many(Actor("petal:#ffffff", 0, 0, 34, "fall", 60, 0.9), 7, 3, (250, 0), (0.6, 1.2)),
                Actor("band:#ffffff", -420, -40, 800, "cross", 320, turn=10, alpha=0.4, light=True),
            ),
            2.8,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#6b4fc4", "#b07fe8"), None, 0, "waves", "#d9b8ff", "#e3c8ff"),
            (
                *many(
                    Actor("blob:#ffd0f0", 0, -60, 70, "float", 20, 0.7, alpha=0.4, depth=0.5),
                    9,
                    4,
                    (240, 300),
                    (0.5, 1.6),
                ),
                Actor(
                    Good("satin-scrunchies", yaw=(0, 60), pitch=(34,), table=False), 0, 60, 640, "drop", 30, delay=-0.5
                ),
                *many(Actor("1f497", 0, -20, 74, "orbit", 220, 1.4), 4, 4, (0, 100), (0.7, 1.1)),
                Actor("1f380", 0, -235, 190, "pop", 12, delay=0.35),
                *many(Actor("spark:#ffffff", 0, -20, 110, "twinkle", light=True), 12, 4, (210, 280), (0.5, 1)),
            ),
            2.6,
            (1.0, 1.12),
        ),
    ),
    ("iris", "dissolve"),
    crf=28,
)

SCENES = (HAT, TOTE, SLIDES, SCRUNCHIES)
