"""Where they went instead: the next steps of many as a picture of ribbons, each with the pattern of its journeys."""

from collections import Counter
from dataclasses import dataclass

from analytics.answers.next_steps import ANYTHING, DEPTH, LEFT, Hop

LISTED = 5  # steps a column shows by name; the rest are one
WIDTH, HEIGHT, NODE, GAP, LABELS = 1_000, 380, 12, 14, 214


@dataclass(frozen=True, slots=True)
class Node:
    hop: Hop  # a step, LEFT, "!a|b" for the others, or "" for the start
    n: int
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Ribbon:
    source: Node
    target: Node
    n: int
    then: tuple[Hop, ...]  # the pattern that exactly its journeys match
    shape: str  # as SVG draws it


@dataclass(frozen=True, slots=True)
class Paths:
    total: int
    columns: list[list[Node]]  # the first has only the start
    ribbons: list[Ribbon]


def paths(walks: Counter[tuple[Hop, ...]]) -> Paths:
    """What came next, and of how many; each of them counts once in the first column of ribbons."""
    total = sum(walks.values())
    names = [_names(walks, depth) for depth in range(DEPTH)]
    flows: Counter[tuple[int, Hop, Hop]] = Counter()
    for walked, n in walks.items():
        named = ["", *(_named(hop, names[depth]) for depth, hop in enumerate(walked))]
        for depth in range(len(walked)):
            flows[depth, named[depth], named[depth + 1]] += n
    return _laid_out(total, names, flows)


def _names(walks: Counter[tuple[Hop, ...]], depth: int) -> list[Hop]:
    """The nodes of a column from top to bottom: the most frequent steps, the others, and who left."""
    steps: Counter[Hop] = Counter()
    for walked, n in walks.items():
        if depth < len(walked):
            steps[walked[depth]] += n
    left = [LEFT] if steps.pop(LEFT, 0) else []
    ranked = sorted(steps, key=lambda hop: (-steps[hop], hop))
    if len(ranked) <= LISTED + 1:
        return [*ranked, *left]
    return [*ranked[:LISTED], "!" + "|".join(sorted(ranked[:LISTED])), *left]


def _named(hop: Hop, names: list[Hop]) -> Hop:
    return hop if hop in names else next(name for name in names if name.startswith("!"))


def _laid_out(total: int, names: list[list[Hop]], flows: Counter[tuple[int, Hop, Hop]]) -> Paths:
    scale = _scale(total, names)
    columns = [[Node("", total, 0, 0, max(1.0, total * scale))]] if total else [[]]
    for depth, hops in enumerate(names, 1):
        columns.append(_column(depth, [(hop, _inflow(flows, depth, hop)) for hop in hops], scale))
    out = {id(node): node.y for column in columns for node in column}  # where the next ribbon of a node begins
    into = dict(out)
    ribbons = []
    for depth in range(len(names)):
        for source in columns[depth]:
            for target in columns[depth + 1]:
                if n := flows[depth, source.hop, target.hop]:
                    then = (ANYTHING,) * (depth - 1) + ((source.hop,) if depth else ()) + (target.hop,)
                    shape = _shape(source, out[id(source)], target, into[id(target)], n * scale)
                    out[id(source)] += n * scale
                    into[id(target)] += n * scale
                    ribbons.append(Ribbon(source, target, n, then, shape))
    return Paths(total, [column for column in columns if column], ribbons)


def _scale(total: int, names: list[list[Hop]]) -> float:
    most = max((len(hops) for hops in names), default=1)
    return (HEIGHT - GAP * max(0, most - 1)) / total if total else 0.0


def _inflow(flows: Counter[tuple[int, Hop, Hop]], depth: int, hop: Hop) -> int:
    return sum(n for (level, _, target), n in flows.items() if level == depth - 1 and target == hop)


def _column(depth: int, hops: list[tuple[Hop, int]], scale: float) -> list[Node]:
    y, nodes = 0.0, []
    for hop, n in hops:
        nodes.append(Node(hop, n, depth * (WIDTH - LABELS) / DEPTH, y, max(1.0, n * scale)))
        y += max(GAP / 2, n * scale) + GAP
    return nodes


def _shape(source: Node, top: float, target: Node, into: float, width: float) -> str:
    left, right, width = source.x + NODE, target.x, max(1.0, width)
    bend = (left + right) / 2
    return (
        f"M{left:.1f} {top:.1f}C{bend:.1f} {top:.1f} {bend:.1f} {into:.1f} {right:.1f} {into:.1f}"
        f"v{width:.1f}C{bend:.1f} {into + width:.1f} {bend:.1f} {top + width:.1f} {left:.1f} {top + width:.1f}z"
    )
