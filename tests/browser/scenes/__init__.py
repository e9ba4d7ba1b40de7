"""Every screen and state worth looking at: screenshots.py photographs them, test_accessibility.py has axe read them.

A scene is a name and how somebody gets there. What only staff or time can bring about was arranged before, for people
who are each in one state (arranged.py); a scene borrows one of them, or is a buyer nobody has seen before.
"""

from tests.browser.scenes.showroom import SCENES, Scene, Showroom  # noqa: I001
from tests.browser.scenes import feed, shop, product, buying, orders, support, privacy, staff, instrument, odd  # noqa: F401  in this order

__all__ = ["SCENES", "Scene", "Showroom"]
