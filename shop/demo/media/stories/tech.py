"""A snap, a voice, a film night and a race against the dial: the tech clips."""

from ..scenes import Actor, Good, Scene, Set, Shot, many

POWER = Scene(
    "magnetic-power-bank",
    (
        Shot(
            Set(("#dfe4ff", "#b4c0ff"), ("#eef0ff", "#b9c2fb"), 205, "disc", "#f3f4ff", "#ffffff"),
            (
                Actor(
                    Good("magnetic-power-bank", yaw=(-34, -14), pitch=(12,), open=(1, 0), podium="#cfd6ff"), 0, -10, 680
                ),
                *many(Actor("halo:#7f7bff", 20, 0, 330, "expand", speed=1.2, alpha=0.8), 2, 3, (0, 0), (1, 1)),
                *many(Actor("26a1", 0, -40, 74, "orbit", 215, 1.3), 4, 5, (0, 90), (0.7, 1.1)),
                *many(Actor("spark:#ffffff", 0, -40, 100, "twinkle", light=True), 8, 4, (200, 220), (0.5, 1)),
            ),
            2.8,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#15123f", "#3b2f9c"), ("#2b2378", "#0d0b2b"), 205, "rays", "#5a4be0", "#6fd3ff"),
            (
                *many(Actor("halo:#6fd3ff", 0, -30, 440, "expand", speed=1, light=True), 3, 3, (0, 0), (1, 1)),
                Actor("blob:#7f8bff", 0, -30, 640, "pulse", 12, 1.6, light=True, alpha=0.8),
                Actor(Good("magnetic-power-bank", yaw=(30, -24), pitch=(8,)), -5, 20, 690),
                Actor("1f50b", -180, -230, 130, "pop", 14, delay=0.3, turn=-10),
                Actor("26a1", 175, -240, 130, "pop", 18, delay=0.6, turn=10),
                *many(Actor("blob:#a9e6ff", 0, 180, 20, "rise", 190, 1.2, light=True), 18, 6, (190, 80), (0.4, 1.2)),
            ),
            2.7,
            (1.0, 1.13),
        ),
    ),
    ("flash", "whip"),
)

BARS = tuple(
    Actor(
        "bar:#ffffff",
        -210 + 30 * i,
        -40,
        15,
        "voice",
        speed=1.0,
        phase=i * 0.137 % 1,
        tall=6 + 9 * (1 - abs(i - 7) / 8),
    )
    for i in range(15)
)

MIC = Scene(
    "clip-mic",
    (
        Shot(
            Set(("#ffcc5c", "#ff9f4a"), ("#ffdc8a", "#ff9f4a"), 200, "dots", "#ffe3a0", "#fff3c8"),
            (
                *(
                    Actor(b.art, b.x, b.y - 60, b.size, "voice", phase=b.phase, tall=b.tall, depth=0.6, alpha=0.75)
                    for b in BARS
                ),
                Actor(Good("clip-mic", yaw=(-30, 24), podium="#ffb861"), 0, -20, 660),
                Actor("1f3a7", -190, 215, 140, "hop", 14, 0.9),
                Actor("1f3b5", 190, -220, 100, "float", 24, 1.2, turn=10),
                Actor("1f3b6", -180, -270, 100, "float", 24, 1, 0.4, turn=-10),
            ),
            2.8,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#0f1a33", "#27407a"), ("#1a2d5c", "#0a1124"), 215, "waves", "#3f6bd6", "#5c86ff"),
            (
                *(
                    Actor(
                        "bar:#3dffb0",
                        b.x,
                        150,
                        b.size,
                        "voice",
                        20,
                        1.25,
                        b.phase,
                        tall=b.tall * 0.75,
                        depth=0.6,
                        light=True,
                    )
                    for b in BARS
                ),
                Actor(Good("clip-mic", yaw=(18,), table=False), -110, 20, 520, "float", 12, 0.9, turn=-8),
                Actor("1f9d1-200d-1f3a4", 120, -40, 250, "pop", 14, delay=-0.2),
                *many(Actor("halo:#8fb4ff", -110, -60, 300, "expand", speed=1.2, light=True), 3, 2, (0, 0), (1, 1)),
                *many(Actor("heart:#ff5d8f", 130, 60, 52, "rise", 130, 1), 6, 4, (80, 30), (0.6, 1.2)),
            ),
            2.7,
            (1.0, 1.12),
        ),
    ),
    ("whip", "flash"),
)

PROJECTOR = Scene(
    "mini-projector",
    (
        Shot(
            Set(("#2d2450", "#5b4794"), ("#4a3a7a", "#1d1738"), 215, "window", "#7f6bd0", "#9f8bff"),
            (
                Actor(Good("mini-projector", yaw=(-30, 26), pitch=(14,), podium="#6b57b0"), 0, 0, 660),
                Actor("blob:#9fc0ff", -10, -10, 420, "pulse", 14, 1.8, light=True, alpha=0.5),
                Actor("1f37f", -190, 230, 140, "hop", 12, 0.8),
                Actor("1f3ac", 190, -235, 130, "float", 16, 0.9, turn=12),
                *many(Actor("blob:#dfe6ff", 0, -100, 14, "rise", 120, 0.6, light=True), 16, 4, (230, 240), (0.4, 1.3)),
            ),
            2.7,
            (1.0, 1.13),
        ),
        Shot(
            Set(("#100d24", "#231c44"), ("#2b2350", "#0b0918"), 230, "plain", "#6b7bff", "#4a5cff"),
            (
                Actor("bar:#cfe2ff", 0, -180, 400, tall=0.62, depth=0.6),
                Actor("bar:#8fc4ff", 0, -180, 384, tall=0.6, depth=0.6),
                Actor("1f31e", 115, -235, 80, "spin", 1, 1, depth=0.6),
                Actor("1f3dd-fe0f", -20, -165, 200, "sway", 1.5, 0.8, depth=0.6),
                Actor("2601-fe0f", -140, -245, 90, "cross", 34, 1, depth=0.6),
                Actor("1f680", -145, -150, 84, "cross", 92, 1, turn=10, depth=0.6),
                Actor("beam:#cfe0ff", 0, 20, 460, "pulse", 4, 2.2, turn=-90, alpha=1, light=True),
                Actor(Good("mini-projector", yaw=(152,), pitch=(18,)), 0, 120, 470),
                Actor("1f37f", -165, 240, 150, "hop", 14, 1),
                *many(Actor("blob:#cfe0ff", 0, -40, 12, "rise", 100, 0.7, light=True), 14, 4, (150, 180), (0.4, 1.2)),
            ),
            3.0,
            (1.0, 1.1),
        ),
    ),
    ("dissolve", "dissolve"),
)

TIMER = Scene(
    "desk-timer",
    (
        Shot(
            Set(("#cdeaff", "#8fc8f2"), ("#e9d2b0", "#c99f6b"), 190, "window", "#ffffff", "#ffffff"),
            (
                Actor("1f4da", -190, 130, 190, "still", depth=0.8, blur=3),
                Actor(Good("desk-timer", yaw=(-22, -22), pitch=(14,), open=(0.9, 0.08)), 10, 15, 640),
                Actor("2615", 200, 215, 120, "sway", 2),
                *many(Actor("blob:#ffffff", 195, 160, 70, "steam", 22, alpha=0.7), 4, 5, (16, 6)),
                Actor("1fab4", 230, 400, 260, "sway", 4, depth=1.8, blur=12),
            ),
            3.2,
            (1.0, 1.12),
        ),
        Shot(
            Set(("#ff5d57", "#ff8f5c"), ("#ff7a5c", "#e0453f"), 205, "rays", "#ff9a80", "#ffc9a8"),
            (
                *many(Actor("halo:#fff1d0", 0, -20, 460, "expand", speed=1.4, light=True), 3, 3, (0, 0), (1, 1)),
                Actor(Good("desk-timer", yaw=(0,), pitch=(8,), open=(0.001,)), 0, 30, 620, "hop", 30, 1.6),
                Actor("1f389", -165, -230, 130, "pop", 12, delay=0.2, turn=-8),
                Actor("2b50", 165, -240, 120, "pop", 14, delay=0.4, turn=10),
                *many(Actor("ball:#ffd24a", 0, -20, 30, "burst", 340), 10, 3, (0, 0), (0.5, 1.2)),
                *many(Actor("ball:#5ec6ff", 0, -20, 30, "burst", 330, delay=0.15), 9, 4, (0, 0), (0.5, 1.2)),
                *many(Actor("heart:#ffffff", 0, -20, 38, "burst", 310, delay=0.3), 8, 5, (0, 0), (0.5, 1.2)),
            ),
            2.4,
            (1.0, 1.08),
        ),
    ),
    ("flash", "whip"),
)

SCENES = (POWER, MIC, PROJECTOR, TIMER)
