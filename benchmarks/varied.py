"""A larger graph out of the plans that there are. In: the built Turtle files. Out: as many copies as are needed.

Copy number n of a plan has its own identifier, so its own IRIs, and its figures are shifted by n; the words, dates and
codes are the plan's. The same number of triples gives the same files. The catalogue and the like are there once.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

_LINK = re.compile(r"(id:link\\/[\w-]+\\/[0-9a-f]{10})")
_FIGURE = re.compile(r"(cypp:(?:value|upperValue|baselineValue|amount) )(-?\d+)")
_ONCE = ("catalogue", "observations", "proposals")  # dataset.ttl counts what would no longer be true


def make_varied(source: Path, target: Path, triples: int) -> Path:
    """Write at least so many triples as Turtle files.

    Args:
        source: the built graph.
        target: a folder for graphs of any size; what is there is kept.
        triples: how many at least.

    Returns:
        The folder of the files.
    """
    folder = target / f"varied-{triples}"
    if (folder / "whole").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    once = {name: (source / f"{name}.ttl").read_text(encoding="utf-8") for name in _ONCE}
    copied = {path.stem: path.read_text(encoding="utf-8") for path in source.glob("*.ttl") if path.stem not in _ONCE}
    copied.pop("dataset", None)
    plans = sorted(copied.keys() - {"links"})
    for name, text in once.items():
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
    whole = ox.Store()  # counts what the copies share once
    number = 0
    while len(whole) < triples:
        for name, text in copied.items():
            path = folder / f"{name}-{number:03d}.ttl"
            path.write_text(_vary(text, plans, number), encoding="utf-8")
            whole.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
        number += 1
    (folder / "whole").write_text(f"{number} copies of {', '.join(plans)}\n", encoding="utf-8")
    return folder


def _vary(text: str, plans: list[str], number: int) -> str:
    for plan in plans:
        text = text.replace(plan, f"{plan}-{number:03d}")
    text = _LINK.sub(rf"\g<1>-{number:03d}", text)
    return _FIGURE.sub(lambda found: f"{found[1]}{int(found[2]) + number}", text)
