"""A funnel for every kernel, and a walk to compile them with."""

from dataclasses import replace

from analytics.columns.walks import Walks
from analytics.semantics.attempts import Limit
from analytics.semantics.funnels import SHOP, SIX_STAGES, Order

WALKS = Walks.of([("vtKB", [0, 1, 2, 3])])
SAMPLES = (
    SHOP,
    replace(SHOP, order=Order.STRICT),
    replace(SHOP, limits=((1, Limit(1, 2)),)),
    SIX_STAGES,
)
