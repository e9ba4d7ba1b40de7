"""A small shop to simulate, and the day its last walk is before."""

from datetime import date

from analytics.simulation.world import Product, Video, World

END = date(2026, 11, 1)
WORLD = World(
    videos=(
        Video("serum-week-one", "mira-glows", ("rose-serum", "lip-butter"), 486_000),
        Video("lights-off-please", "home-by-ode", ("sunset-lamp",), 1_380_000),
        Video("first-frost-paws", "paws", (), 61_700),
    ),
    products={
        "rose-serum": Product("rose-serum", "mira-glows", (("ROSE-30", 1690), ("ROSE-50", 2490))),
        "lip-butter": Product("lip-butter", "mira-glows", (("LIP", 890),)),
        "sunset-lamp": Product("sunset-lamp", "home-by-ode", (("LAMP", 2990),)),
    },
    currency="USD",
)
