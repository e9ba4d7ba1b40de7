"""Where a broken split comes from: from who was let in, and of whom most, or from who was moved afterwards. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analytics.experiments.split import BROKEN, Split, split

FEW = 50  # participants; the split of fewer says nothing
Counts = Mapping[str, int]  # arm → participants


@dataclass(frozen=True, slots=True)
class Part:
    """Participants who have something in common, and their split; `rest` is that of everyone else."""

    field: str
    value: str
    observed: Counts
    split: Split
    rest: Split


def shares_planned(phases: Sequence[tuple[int, Mapping[str, float]]]) -> dict[str, float]:
    """Arm → share, of (participants first exposed in a phase, its weights): each phase counts as much as it let in."""
    planned: dict[str, float] = {}
    everyone = sum(n for n, _ in phases)
    for n, weights in phases:
        whole = sum(weights.values()) or 1
        for arm, weight in weights.items():
            planned[arm] = planned.get(arm, 0.0) + weight / whole * (n / everyone if everyone else 1 / len(phases))
    return planned


def worst_part(parts: Mapping[tuple[str, str], Counts], everyone: Counts, planned: Mapping[str, float]) -> Part | None:
    """Of (field, value) → its split, the least likely one; None when none is broken, all that were looked at minded."""
    judged = [(split(seen, planned), *name) for name, seen in parts.items() if sum(seen.values()) >= FEW]
    if not judged:
        return None
    found, field, value = min(judged, key=lambda part: (part[0].p, part[1:]))
    if found.p * len(judged) >= BROKEN:
        return None
    seen = parts[field, value]
    rest = {arm: n - seen.get(arm, 0) for arm, n in everyone.items()}
    return Part(field, value, seen, found, split(rest, planned))


def selection(observed: Counts, planned: Mapping[str, float], part: Part | None) -> str:
    """First exposures are not as planned: the choice of who comes in, or what is recorded of it, favours an arm."""
    said = [f"It arises at the selection: of all first exposures {_shares(observed, planned)}."]
    if part is None:
        said.append("No device, source, browser or day stands out: look at the weights and at what exposes.")
    else:
        alone = "without them the rest is as planned" if not part.rest.broken else "but the rest deviates too"
        said.append(f"Most of it are participants with {part.field} {part.value}: {_counts(part.observed)}; {alone}.")
    return " ".join(said)


def reassignment(crossed: Counts, broken: bool) -> str:
    """Who was seen in a second arm was moved after the first exposure."""
    first = "" if broken else ", and the first exposures are as planned"
    return f"They were reassigned after their first exposure ({_counts(crossed)} by first arm){first}."


def _shares(observed: Counts, planned: Mapping[str, float]) -> str:
    everyone = sum(observed.values()) or 1
    return ", ".join(_arms(observed, planned, everyone))


def _arms(observed: Counts, planned: Mapping[str, float], everyone: int) -> Iterator[str]:
    for arm, share in planned.items():
        yield f"{100 * observed.get(arm, 0) / everyone:.1f} % were {arm} instead of {100 * share:.1f} %"


def _counts(observed: Counts) -> str:
    return ", ".join(f"{n:,} {arm}" for arm, n in sorted(observed.items()))
