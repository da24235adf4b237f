"""How long a search takes. In: the built graph. Out: seconds to write its words, milliseconds of searches.

PYTHONPATH=src python benchmarks/search.py
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

from cyppgraph.namespaces import Namespaces
from cyppgraph.store.fulltext import FILE, build_index
from cyppgraph.store.searching import SearchFiles, find

_TURTLE = Path(__file__).parents[1] / "data" / "ttl"
_TYPED = ("NEET", "NI 117", "ni117", "children", "young people", '"looked after children"', "the", "", "zzxxqq", "scho")


def vary(words: list[str], dice: random.Random) -> list[str]:
    """Return a hundred searches: words, misspelt words, several of either, and what people type."""
    single = dice.sample(words, 40) + [misspell(word, dice) for word in dice.sample(words, 20)]
    several = [" ".join(dice.sample(words, 3)) for _ in range(20)]
    worst = [" ".join(misspell(word, dice) for word in dice.sample(words, 4)) for _ in range(10)]
    return [*_TYPED, *single, *several, *worst]


def misspell(word: str, dice: random.Random) -> str:
    """Return a word without one of its letters, not the first."""
    place = dice.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def main() -> None:
    """Write the words, search, and print what it took."""
    engine = ox.Store()
    for path in sorted(_TURTLE.glob("*.ttl")):
        engine.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        begun = time.perf_counter()
        build_index(engine, Namespaces(), path)
        print(f"written in {time.perf_counter() - begun:.2f} s, {path.stat().st_size:,} bytes")
        file = SearchFiles().open(path)
        words = [word for (word,) in file.execute("SELECT word FROM vocabulary WHERE length(word) > 3 AND things > 1")]
        taken = []
        for typed in vary(words, random.Random(1)):  # noqa: S311  # the same searches each time
            begun = time.perf_counter()
            find(file, typed, {})
            taken.append((time.perf_counter() - begun) * 1000)
    print(f"{len(taken)} searches: median {statistics.median(taken):.1f} ms, ", end="")
    print(f"95 of 100 within {sorted(taken)[94]:.1f} ms, at most {max(taken):.1f} ms")


if __name__ == "__main__":
    main()
