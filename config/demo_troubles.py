"""What is wrong with the demo's most popular videos: each is seen by many and sells little, for a reason of its own.

The journeys of the demo are simulated with these troubles in them; nothing else in the shop knows of this list.
"""

# Video → the name of a fault. It is planted in the video and in the first product tied to it.
DEMO_TROUBLES = {
    "stuffing-waffle": "entertaining",
    "ambush-at-five": "out-of-stock",  # both colours of the tunnel are gone
    "lights-off-please": "weak-hook",  # it begins in the dark
    "forty-seconds-to-eleven": "late-anchor",
    "ceiling-cinema": "price-shock",  # nobody in the video says 129
    "crunch-test": "cost-surprise",  # a jar for 11.50, and shipping of 4.99
    "red-battery-sister": "no-trust",
}
