"""Petals, sunshine, a melting swipe and a night's sleep: the beauty clips."""

from ..scenes import Actor, Good, Scene, Set, Shot, many

ROSE = Scene(
    "rose-serum",
    (
        Shot(
            Set(("#ffd9dc", "#ffc2c9"), ("#ffe9e6", "#ffc9cd"), 215, "arch", "#ffeeea", "#fff8f2"),
            (
                Actor("1f338", -205, -250, 150, "float", 14, 0.8, depth=0.5, blur=7),
                Actor(Good("rose-serum", podium="#ffdcdc"), 0, -10, 660),
                *many(Actor("petal:#ff7f9d", 0, 0, 38, "fall", 60), 9, 4, (250, 0), (0.7, 1.2)),
                Actor("1f339", 185, 220, 190, "sway", 6, 0.8, turn=18),
                Actor("1f339", -190, 250, 150, "sway", 6, 0.7, 0.4, turn=-24),
                Actor("1f338", 230, 420, 240, "float", 12, depth=1.8, blur=12),
                Actor("band:#ffffff", -420, -40, 900, "cross", 330, turn=10, alpha=0.35, light=True),
            ),
            3.2,
            (1.0, 1.14),
            lift=(0, -25),
        ),
        Shot(
            Set(("#8f1f43", "#e2587c"), ("#c73e66", "#8f1f43"), 250, "waves", "#ff8fab", "#ff9db2"),
            (
                *many(
                    Actor("blob:#ffc2d1", 0, -120, 60, "float", 20, alpha=0.5, depth=0.5), 8, 8, (240, 280), (0.5, 1.6)
                ),
                Actor("ripple:#ffe3ea", 0, 268, 460, "splash", speed=1.1, light=True),
                Actor(Good("rose-serum", yaw=(-16, 16), pitch=(8,), zoom=1.02), 0, 40, 900),
                *many(Actor("petal:#ffb3c4", 0, 60, 44, "orbit", 205, 1.6), 7, 2, (0, 130), (0.7, 1.2)),
                Actor("drop:#ffb3c6", 160, -250, 64, "float", 18, 0.9, turn=10),
                *many(Actor("spark:#fff1f4", 0, -60, 90, "twinkle", light=True), 9, 12, (200, 270), (0.5, 1)),
            ),
            2.9,
            (1.06, 1.16),
        ),
    ),
    ("whip", "dissolve"),
)

GLOW = Scene(
    "glow-drops",
    (
        Shot(
            Set(("#ffe7a8", "#ffc46b"), ("#fff0c9", "#ffcf7d"), 200, "rays", "#fff3cf", "#fffbe8"),
            (
                Actor("disc:#fff6da", 0, -60, 430, "pulse", 3, depth=0.6, alpha=0.8),
                Actor("1f34a", -195, 175, 170, "sway", 8),
                Actor(Good("glow-drops", yaw=(-24, 18)), 0, 10, 720),
                Actor("1f34a", 190, 215, 130, "sway", 8, 0.8, 0.3, turn=25),
                *many(Actor("leaf:#7fb23f", 0, 0, 42, "fall", 50), 5, 7, (250, 0), (0.7, 1.1)),
                *many(Actor("spark:#ffffff", 0, -60, 100, "twinkle", light=True), 9, 3, (210, 230), (0.5, 1)),
                Actor("1f34a", -240, 420, 260, "float", 10, depth=1.8, blur=12),
            ),
            3.0,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#ff8a1f", "#ffb43d"), None, 0, "waves", "#ffd572", "#ffe39a"),
            (
                *many(
                    Actor("ball:#ffcf5c", 0, 200, 60, "rise", 150, 0.8, depth=0.5, alpha=0.6),
                    9,
                    15,
                    (240, 150),
                    (0.5, 1.6),
                ),
                Actor(Good("glow-drops", yaw=(0,), pitch=(10,), table=False), 0, 20, 640, "float", 22, 0.9, turn=-9),
                Actor("drop:#ff9a1f", 150, -230, 90, "float", 16, 0.9, 0.3, turn=12),
                Actor("drop:#ff9a1f", -165, -150, 60, "float", 16, 1.1, 0.6, turn=-14),
                *many(
                    Actor("ball:#ffcf5c", 0, 120, 44, "rise", 110, 0.9, light=False, alpha=0.8),
                    14,
                    5,
                    (190, 170),
                    (0.35, 1.2),
                ),
                *many(Actor("1f34a", 0, -20, 84, "orbit", 215, 1.3), 4, 9, (0, 60), (0.8, 1.1)),
                *many(Actor("spark:#ffffff", 0, 0, 120, "twinkle", light=True), 8, 6, (200, 260), (0.4, 1)),
            ),
            2.6,
            (1.0, 1.1),
        ),
    ),
    ("flash", "iris"),
)

LIPS = Scene(
    "lip-butter",
    (
        Shot(
            Set(("#f7b7b0", "#f29c9f"), ("#fbd0c8", "#ee9a9d"), 205, "disc", "#fbd3c7", "#ffe9df"),
            (
                Actor("1f352", -195, 205, 130, "hop", 18, 0.8),
                Actor(Good("lip-butter", yaw=(28, -22), podium="#fbdcd3"), 20, -20, 690),
                Actor("1f353", 205, 240, 110, "hop", 16, 0.8, 0.4, turn=14),
                *many(Actor("heart:#ff5d7d", 0, 150, 40, "rise", 150), 7, 11, (200, 60), (0.6, 1.2)),
                Actor("band:#ffffff", -420, -40, 800, "cross", 320, turn=10, alpha=0.3, light=True),
                Actor("1f353", 235, 430, 250, "float", 10, depth=1.8, blur=12),
            ),
            3.0,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#ffe6df", "#ffd1cd"), None, 0, "dots", "#ffbdbb", "#fff6f0"),
            (
                Actor("heart:#f2879a", 0, -30, 500, "pulse", 5, 1.6),
                Actor(Good("lip-butter", yaw=(-10,), pitch=(18,), table=False), -15, 60, 560, "slide", 420, turn=10),
                Actor("1f48b", -150, -220, 150, "pop", 6, delay=0.5, turn=-16),
                Actor("1f48b", 150, -280, 110, "pop", 6, delay=0.85, turn=14),
                Actor("1f48b", -165, 190, 120, "pop", 6, delay=1.15, turn=-8),
                *many(Actor("heart:#e0607c", 0, -20, 46, "burst", 290, delay=0.3), 12, 4, (0, 0), (0.5, 1.2)),
            ),
            2.5,
            (1.0, 1.09),
        ),
    ),
    ("iris", "whip"),
)

NIGHT = Scene(
    "overnight-hair-mask",
    (
        Shot(
            Set(("#1f1a4a", "#5a4bab"), ("#6f5fc4", "#3a2f7d"), 195, "stars", "#fff4cf", "#8f7fe8"),
            (
                Actor("1f319", 125, -265, 170, "float", 10, 0.6, depth=0.6),
                Actor("2601-fe0f", -170, -180, 180, "float", 12, 0.5, depth=0.7, blur=3, alpha=0.85),
                Actor(Good("overnight-hair-mask", yaw=(-18, 14), podium="#8d7fe0"), 0, -30, 680),
                Actor("2601-fe0f", 200, 260, 230, "cross", -24, depth=1.4, alpha=0.95),
                Actor("2601-fe0f", -210, 310, 280, "cross", 20, depth=1.6, alpha=0.95),
                *many(Actor("spark:#fff2c4", 0, -120, 80, "twinkle", light=True), 12, 5, (230, 260), (0.4, 1)),
            ),
            3.2,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#cdbdf7", "#f3d9ee"), ("#efe3ff", "#c9b8f2"), 170, "window", "#fff3d8", "#fff8ee"),
            (
                Actor("1f31e", -170, -270, 150, "slide", -200, delay=0.1, depth=0.6),
                Actor(Good("overnight-hair-mask", yaw=(-30, -6), pitch=(24,), open=(1,)), 0, 40, 660),
                Actor("1f486-200d-2640-fe0f", 165, -215, 190, "pop", 20, delay=0.4),
                *many(Actor("spark:#ffffff", 0, 20, 110, "twinkle", light=True), 9, 8, (210, 170), (0.5, 1)),
                *many(Actor("1f33c", 0, 0, 50, "fall", 50, 0.8), 5, 3, (240, 0), (0.7, 1.2)),
            ),
            2.8,
            (1.0, 1.12),
        ),
    ),
    ("dissolve", "dissolve"),
)

SCENES = (ROSE, GLOW, LIPS, NIGHT)
