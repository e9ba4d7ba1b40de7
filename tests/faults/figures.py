"""What the faults came to, as tables in docs/reliability.md: `python -m tests.faults.figures ROWS`."""

import json
import re
import sys
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/reliability.md"
HEAD = (
    "| Fault | Runs | Events sent | Acked | Stored | Sent again | Lost | Twice | Worst wait of a beacon | of a page |\n"
)
HEAD += "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"


def line(fault: str, rows: list[dict]) -> str:
    def total(name: str) -> str:
        told = [row[name] for row in rows if name in row]
        return f"{sum(told):,}" if told else "–"

    def worst(what: str) -> str:
        told = [row["slowest_s"][what] for row in rows if what in row.get("slowest_s", {})]
        return f"{max(told):.2f} s" if told else "–"

    cells = [fault, str(len(rows)), *map(total, ("sent", "acked", "stored", "again", "lost", "double"))]
    return f"| {' | '.join([*cells, worst('beacon'), worst('page')])} |\n"


def table(rows: list[dict]) -> str:
    by_fault = defaultdict(list)
    for row in rows:
        by_fault[row["fault"]].append(row)
    ordered = sorted(by_fault, key=lambda fault: (int(re.findall(r"\d+", fault)[0]), fault))
    return HEAD + "".join(line(fault, by_fault[fault]) for fault in ordered)


def write(block: str, text: str) -> None:
    """Replace what stands between the marks of this block."""
    page = PAGE.read_text()
    begin, end = f"<!-- {block} -->\n", f"<!-- end of {block} -->"
    before, rest = page.split(begin)
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{rest.split(end)[1]}")


def tell_chaos(minutes: float, seed: str, done: Counter, row: dict, before: dict, after: dict) -> None:
    grown = ", ".join(f"{name} {before[name]} → {after[name]}" for name in before)
    broken = ", ".join(f"{name} {times}×" for name, times in sorted(done.items()))
    text = f"{minutes:g} minutes, seed {seed}, {done.total()} breakages ({broken}); {row.get('orders', 0):,} orders.\n"
    text += f"Before → after: {grown}.\n\n" + table([row | {"fault": "F25 chaos"}])
    write("chaos", text)


def main() -> None:
    rows = [json.loads(line) for line in chain(*(Path(name).read_text().splitlines() for name in sys.argv[1:]))]
    write("figures", table(rows))


if __name__ == "__main__":
    main()
