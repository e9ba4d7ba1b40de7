"""Evening light, soft sleep, a flame and a fine mist: the home clips."""

from ..scenes import Actor, Good, Scene, Set, Shot, many

SUNSET = Scene(
    "sunset-lamp",
    (
        Shot(
            Set(("#43263f", "#8a4452"), ("#6d3a45", "#2e1a2b"), 215, "plain", "#ffb36b", "#ff9d6b"),
            (
                Actor("blob:#ff5a3d", -60, -170, 900, "pulse", 5, light=True, depth=0.6, alpha=0.6),
                Actor("disc:#ff4f5e", -60, -190, 400, "pulse", 2, depth=0.6),
                Actor("blob:#ffd36b", -60, -120, 400, "pulse", 3, 1.2, depth=0.6),
                Actor("blob:#fff3b8", -60, -80, 220, "pulse", 5, 1.2, depth=0.6, alpha=0.9),
                Actor(Good("sunset-lamp"), 90, 40, 660),
                Actor("1fab4", -195, 150, 190, "sway", 3, 0.8),
                *many(Actor("blob:#ffd9a0", 0, 60, 16, "rise", 120, 0.6, light=True), 14, 4, (240, 240), (0.4, 1.2)),
            ),
            3.0,
            (1.0, 1.13),
            lift=(0, -15),
        ),
        Shot(
            Set(("#1d1f4a", "#6a3f8a"), ("#4b3a78", "#1a1838"), 215, "stars", "#ffe9c8", "#b56bd6"),
            (
                Actor("blob:#ff4fa0", 60, -170, 900, "pulse", 5, light=True, depth=0.6, alpha=0.6),
                Actor("disc:#c73bff", 60, -190, 400, "reveal", delay=-0.4, depth=0.6, alpha=0.9),
                Actor("blob:#ff6fb0", 60, -150, 440, "reveal", delay=-0.4, depth=0.6),
                Actor("blob:#ffd0a8", 60, -90, 230, "reveal", depth=0.6),
                Actor(Good("sunset-lamp", yaw=(150,)), -90, 40, 660),
                Actor("1f408", 150, 170, 200, "sway", 4, 0.9),
                *many(Actor("spark:#ffe9f4", 0, -180, 80, "twinkle", light=True), 9, 5, (230, 220), (0.4, 1)),
            ),
            2.8,
            (1.02, 1.14),
            lift=(0, -15),
        ),
    ),
    ("dissolve", "dissolve"),
)

PILLOW = Scene(
    "cloud-pillow",
    (
        Shot(
            Set(("#8fc5ff", "#d5e9ff"), ("#f4f6ff", "#c9dcff"), 205, "waves", "#ffffff", "#ffffff"),
            (
                Actor("2601-fe0f", -190, -260, 190, "cross", 26, depth=0.5, blur=5, alpha=0.9),
                Actor("2601-fe0f", 200, -170, 150, "cross", -20, depth=0.5, blur=4, alpha=0.9),
                Actor(Good("cloud-pillow", yaw=(-24, 20)), 0, 30, 640, "hop", 26, 0.75),
                *many(Actor("petal:#ffffff", 0, 0, 34, "fall", 80, 0.7), 9, 6, (250, 0), (0.6, 1.2)),
                Actor("2601-fe0f", -230, 400, 320, "cross", 30, depth=1.7, blur=10),
                Actor("2601-fe0f", 240, 440, 320, "cross", -24, depth=1.7, blur=12),
            ),
            3.0,
            (1.0, 1.1),
        ),
        Shot(
            Set(("#2a2f6b", "#6f74c9"), ("#8f93df", "#454a9c"), 185, "stars", "#fff6cf", "#9fa4f5"),
            (
                Actor("1f319", -150, -270, 150, "float", 10, 0.7, depth=0.6),
                Actor(Good("cloud-pillow", yaw=(8,), pitch=(16,)), 0, 50, 700, "pulse", 2.5, 0.8),
                Actor("1f431", 30, -132, 180, "drop", 24, delay=0.2),
                *many(Actor("heart:#ff9fc4", 120, -170, 44, "rise", 90, 0.8), 4, 3, (40, 10), (0.6, 1)),
                *many(Actor("spark:#fff6cf", 0, -160, 80, "twinkle", light=True), 10, 5, (230, 230), (0.4, 1)),
            ),
            2.8,
            (1.0, 1.12),
        ),
    ),
    ("dissolve", "dissolve"),
)

CANDLE = Scene(
    "soy-candle",
    (
        Shot(
            Set(("#3a2a24", "#7d5138"), ("#8f5e3f", "#3d2418"), 190, "leaves", "#1d120d", "#e0904a"),
            (
                *many(
                    Actor("blob:#ffb45e", 0, -170, 80, "pulse", 14, alpha=0.5, depth=0.5, light=True),
                    9,
                    7,
                    (250, 170),
                    (0.4, 1.5),
                ),
                Actor("blob:#ffae4a", 0, -40, 800, "flicker", light=True, alpha=0.6),
                Actor(Good("soy-candle", pitch=(16,), podium="#a9714c"), 0, 60, 650),
                Actor("flame:#ff9a2e", 0, -17, 130, "flicker", tall=1.35),
                Actor("blob:#fff0b8", 0, -10, 260, "flicker", light=True, alpha=0.75),
                Actor("1f33f", -200, 230, 170, "sway", 5, 0.8, turn=-20),
                *many(Actor("blob:#ffd9a0", 0, 0, 14, "rise", 130, 0.7, light=True), 12, 4, (170, 200), (0.4, 1.2)),
            ),
            3.2,
            (1.0, 1.2),
            lift=(0, -20),
        ),
        Shot(
            Set(("#dfe8d6", "#b9cfae"), ("#f5efe0", "#d9cdb2"), 190, "window", "#fffbe6", "#fffdf3"),
            (
                Actor(Good("soy-candle", yaw=(-32, 20), pitch=(14,)), 0, 20, 690),
                Actor("1f33c", -190, 215, 120, "sway", 8, 0.9),
                Actor("1f33f", 195, 205, 150, "sway", 6, 0.8, turn=20),
                *many(Actor("leaf:#6f9a62", 0, 0, 46, "fall", 70, 0.8), 8, 3, (250, 0), (0.6, 1.2)),
                *many(Actor("blob:#ffffff", 0, -40, 110, "steam", 46, 0.8, alpha=0.5), 4, 3, (10, 10)),
            ),
            2.6,
            (1.0, 1.1),
        ),
    ),
    ("dissolve", "whip"),
)

MISTER = Scene(
    "plant-mister",
    (
        Shot(
            Set(("#5f9c7c", "#3c7559"), ("#9fc7a4", "#56906c"), 205, "leaves", "#12402c", "#b9e6c4"),
            (
                Actor("1fab4", -165, 60, 300, "sway", 3, 0.8, depth=0.8),
                Actor("beam:#ffffff", -135, -128, 330, "pulse", 14, 2.4, turn=180, alpha=0.75, light=True),
                Actor(Good("plant-mister", yaw=(-8, 10)), 95, 30, 600),
                *many(Actor("blob:#ffffff", -165, -60, 24, "rise", -40, 1.6, light=True), 18, 8, (90, 60), (0.3, 1)),
                *many(Actor("drop:#9fe0ff", -165, 20, 22, "drip", 130, 0.9), 7, 4, (80, 50), (0.5, 1.1)),
                Actor("1f33f", 225, 420, 280, "sway", 6, 0.8, depth=1.8, blur=12),
            ),
            3.0,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#0f4a3c", "#2f8a68"), ("#1d6a50", "#0a3a2e"), 200, "waves", "#5fc08f", "#8fe0b0"),
            (
                *many(
                    Actor("leaf:#2f9a62", 0, -40, 230, "sway", 8, 0.8, depth=0.6, blur=6),
                    12,
                    21,
                    (260, 300),
                    (0.7, 1.4),
                ),
                Actor(Good("plant-mister", yaw=(-40, 40)), 0, 30, 660),
                *many(Actor("drop:#d6f6ff", 0, 0, 26, "fall", 0, 1.5, tall=1), 14, 4, (260, 0), (0.4, 1)),
                Actor("1f98b", -150, -250, 110, "float", 40, 1.6),
                *many(Actor("spark:#fff6d0", 0, -40, 100, "twinkle", light=True), 10, 5, (190, 230), (0.4, 1)),
            ),
            2.8,
            (1.0, 1.13),
        ),
    ),
    ("iris", "dissolve"),
)

SCENES = (SUNSET, PILLOW, CANDLE, MISTER)
