"""Steam, crackle, swirl and pour: the kitchen clips."""

from ..scenes import Actor, Good, Scene, Set, Shot, many

WAFFLE = Scene(
    "mini-waffle-maker",
    (
        Shot(
            Set(("#bfe6e0", "#8fd0cb"), ("#fff1dd", "#f6d9b4"), 200, "tiles", "#e9fbf7", "#ffffff"),
            (
                Actor("1f353", -190, 240, 120, "hop", 12, 0.8),
                Actor(Good("mini-waffle-maker", yaw=(-22, -22), pitch=(18,), open=(0, 1)), 0, 40, 690),
                *many(Actor("blob:#ffffff", -10, 110, 150, "steam", 40, alpha=0.75), 7, 3, (120, 20), (0.7, 1.2)),
                Actor("1fad0", 195, 260, 110, "hop", 10, 0.8, 0.4),
                Actor("1f9c8", 235, 420, 230, "float", 8, depth=1.8, blur=11),
                *many(Actor("spark:#ffffff", 0, -60, 90, "twinkle", light=True), 6, 4, (190, 200), (0.5, 1)),
            ),
            3.2,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#ff9d8f", "#ff7f79"), ("#ffc9b5", "#ff9a8b"), 150, "rays", "#ffc2ae", "#ffe3d2"),
            (
                Actor("disc:#fff4e6", 0, 150, 440, tall=0.42),
                Actor("disc:#ffe1cb", 0, 146, 350, tall=0.4),
                Actor("blob:#8a2f2a", 0, 150, 380, alpha=0.45, tall=0.35),
                Actor("1f9c7", 0, 30, 330, "drop", 40, delay=-0.45),
                Actor("stream:#f0a030", -6, -262, 30, "flicker", tall=16),
                Actor("1f353", -125, 130, 120, "drop", 26, delay=0.5, turn=-14),
                Actor("1fad0", 130, 130, 110, "drop", 26, delay=0.7),
                *many(Actor("1f353", 0, -30, 56, "burst", 300, delay=0.9), 6, 5, (0, 0), (0.7, 1.1)),
                *many(Actor("blob:#ffffff", 0, 0, 140, "steam", 36, alpha=0.6), 5, 6, (90, 10)),
            ),
            2.6,
            (1.0, 1.1),
        ),
    ),
    ("whip", "iris"),
)

CHILI = Scene(
    "chili-crisp",
    (
        Shot(
            Set(("#ffcf4a", "#ff9d2e"), ("#ffb63d", "#f07d1c"), 195, "rays", "#ffe07d", "#fff1b8"),
            (
                Actor("1f336-fe0f", -190, 190, 170, "sway", 9, turn=-20),
                Actor(Good("chili-crisp", yaw=(-26, 20)), 0, 15, 720),
                Actor("1f9c4", 190, 230, 130, "sway", 7, 0.8),
                *many(Actor("ball:#c9240f", 0, 0, 24, "fall", 40, 1.2), 12, 9, (250, 0), (0.5, 1.1)),
                *many(Actor("petal:#ffd24a", 0, 0, 22, "fall", 40, 1.1), 9, 4, (250, 0), (0.6, 1.1)),
                Actor("1f336-fe0f", 235, 430, 270, "float", 10, depth=1.8, blur=12, turn=30),
            ),
            2.8,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#7a140c", "#c32a14"), ("#9c1c10", "#5c0d08"), 180, "waves", "#ff6a3a", "#ff8b4a"),
            (
                *many(Actor("blob:#ffb14a", 0, 240, 46, "rise", 200, light=True), 14, 5, (250, 120), (0.3, 1.2)),
                Actor(Good("chili-crisp", yaw=(-18,), open=(0,)), -100, 15, 470),
                Actor("1f35c", 80, 110, 300, "drop", 20, delay=-0.4),
                Actor("1f944", 120, -205, 200, "sway", 10, 0.9, turn=-30),
                *many(Actor("drop:#ff4a1c", 55, -150, 40, "drip", 150, 1.3), 4, 3, (30, 10), (0.5, 1)),
                *many(Actor("blob:#ffe6d0", 0, -10, 150, "steam", 40, alpha=0.5), 6, 8, (110, 10)),
                *many(Actor("1f525", 0, 40, 80, "orbit", 225, 1.3), 4, 1, (0, 40), (0.8, 1.1)),
            ),
            2.6,
            (1.02, 1.14),
        ),
    ),
    ("flash", "whip"),
    crf=26,
)

MATCHA = Scene(
    "matcha-set",
    (
        Shot(
            Set(("#e6efd3", "#bcd49a"), ("#d8b98a", "#b98f5c"), 175, "leaves", "#6f9448", "#fbfff0"),
            (
                Actor(Good("matcha-set", yaw=(-12, 14), pitch=(20,), open=(1,)), -5, 35, 610),
                *many(Actor("blob:#ffffff", -75, 60, 130, "steam", 34, alpha=0.7), 6, 5, (70, 10)),
                *many(Actor("leaf:#7fae35", 0, 0, 46, "fall", 60, 0.9), 8, 3, (250, 0), (0.6, 1.2)),
                Actor("1f343", -230, 430, 260, "float", 10, depth=1.8, blur=12),
            ),
            3.0,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#4f7a2c", "#88b14a"), None, 0, "waves", "#b9d97a", "#d8f09a"),
            (
                Actor("ripple:#f3ffd0", 0, 160, 620, "expand", speed=1.1, alpha=0.7, light=True),
                Actor(Good("matcha-set", yaw=(0, 140), pitch=(42,), table=False), 0, 120, 780),
                Actor(Good("bamboo-whisk", table=False), 45, -68, 520, "sway", 16, 3.2, turn=14),
                *many(Actor("blob:#f2ffd6", 0, 60, 26, "burst", 230, delay=0.2), 14, 4, (0, 0), (0.4, 1.2)),
                *many(Actor("leaf:#cfe88a", 0, 40, 44, "orbit", 235, 1.2), 6, 6, (0, 120), (0.7, 1.2)),
                *many(Actor("spark:#ffffff", 0, 0, 90, "twinkle", light=True), 7, 8, (210, 250), (0.5, 1)),
            ),
            2.8,
            (1.0, 1.1),
        ),
    ),
    ("dissolve", "iris"),
)

COFFEE = Scene(
    "pour-over-kit",
    (
        Shot(
            Set(("#f1dfca", "#dcbf9f"), ("#8d5a36", "#5e381f"), 205, "window", "#fff8e8", "#fffaf0"),
            (
                Actor("1fab4", -205, 90, 170, "sway", 3, 0.7, depth=0.7, blur=4),
                Actor("stream:#d9eef5", 26, -240, 20, "flicker", tall=8),
                Actor(Good("pour-over-kit", pitch=(14,)), 0, 60, 620),
                Actor(Good("kettle", table=False), 165, -285, 330, "sway", 2.5, 1.2, turn=-18),
                *many(Actor("blob:#ffffff", 0, -110, 120, "steam", 34, alpha=0.75), 6, 5, (50, 10)),
                *many(Actor("drop:#4a1f0c", 0, 95, 20, "drip", 78, 2.2), 2, 3),
                Actor("2615", 195, 225, 130, "pop", 6, delay=0.5),
                *many(Actor("bean:#5a2c14", -190, 235, 54), 4, 6, (40, 26), (0.8, 1.1)),
            ),
            3.2,
            (1.0, 1.14),
        ),
        Shot(
            Set(("#2e1810", "#6b3d22"), ("#4a2817", "#26130b"), 190, "dots", "#a9683a", "#c98a54"),
            (
                *many(
                    Actor("blob:#ffcf8f", 0, -160, 70, "float", 16, 0.6, alpha=0.45, depth=0.5, light=True),
                    9,
                    8,
                    (240, 200),
                    (0.5, 1.6),
                ),
                Actor("ripple:#ffe0b0", 0, 214, 520, "expand", speed=0.9, light=True),
                Actor(Good("pour-over-kit", yaw=(-30, 60), pitch=(30,)), 0, 40, 700),
                *many(Actor("blob:#fff3e4", 0, -120, 150, "steam", 46, alpha=0.7), 8, 5, (80, 10)),
                *many(Actor("bean:#5a2c14", 0, 40, 66, "orbit", 225, 1.3), 7, 4, (0, 80), (0.7, 1.1)),
                *many(Actor("bean:#7a421f", 0, 40, 60, "burst", 320, delay=0.1), 9, 9, (0, 0), (0.6, 1)),
            ),
            2.8,
            (1.0, 1.12),
            lift=(0, -10),
        ),
    ),
    ("dissolve", "whip"),
)

SCENES = (WAFFLE, CHILI, MATCHA, COFFEE)
