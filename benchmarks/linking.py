"""How often the right indicator is among the first candidates, and how fast, beside other methods.

Run: ``.venv/bin/python benchmarks/linking.py`` (needs the built graph and the test extras). It reads the labelled pairs
of ``tests/linking/labelled.tsv``, which were made by reading, and ranks the national indicators for each text with the
method that is used, with plain TF-IDF over words, and with the token-set ratio of rapidfuzz. ``--texts N`` varies the
texts of the plans until there are N, and shows time and memory.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from cyppgraph.linking import Entry, Glossary, Text, read_glossary
from cyppgraph.linking.ranking import Ranker
from cyppgraph.pipeline.curation import Curation
from cyppgraph.resources import find_resources

ROOT = Path(__file__).resolve().parents[1]
PLACES = (1, 3, 10)
Method = Callable[[Sequence[Text]], Iterator[list[str]]]


def read_labelled() -> dict[str, set[str]]:
    """Return the codes that concern each text, by its IRI."""
    wanted: dict[str, set[str]] = defaultdict(set)
    with (ROOT / "tests" / "linking" / "labelled.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            wanted[row["subject"]].add(row["code"])
    return wanted


def rank_plainly(entries: Sequence[Entry]) -> Method:
    """Rank by plain TF-IDF over words of the titles."""
    vectors = TfidfVectorizer(stop_words="english")
    matrix = vectors.fit_transform([entry.label for entry in entries])

    def rank(texts: Sequence[Text]) -> Iterator[list[str]]:
        alike = (vectors.transform([text.words for text in texts]) @ matrix.T).toarray()
        for row in alike:
            yield [entries[n].code for n in sorted(range(len(row)), key=lambda n: (-row[n], n)) if row[n] > 0]

    return rank


def rank_by_ratio(entries: Sequence[Entry]) -> Method:
    """Rank by the token-set ratio of rapidfuzz."""
    titles = {entry.code: entry.label for entry in entries}

    def rank(texts: Sequence[Text]) -> Iterator[list[str]]:
        for text in texts:
            yield [code for *_, code in process.extract(text.words, titles, scorer=fuzz.token_set_ratio, limit=None)]

    return rank


def rank_as_used(entries: Sequence[Entry], glossary: Glossary) -> Method:
    """Rank with the method that is used."""

    def rank(texts: Sequence[Text]) -> Iterator[list[str]]:
        for candidates in Ranker(entries, glossary).rank(texts, top=len(entries)):
            yield [candidate.entry.code for candidate in candidates]

    return rank


def recall(method: Method, texts: Sequence[Text], wanted: dict[str, set[str]]) -> tuple[dict[int, float], float]:
    """Return the share of pairs found at each place, and the seconds that it took."""
    began = time.perf_counter()
    found = dict.fromkeys(PLACES, 0)
    for text, codes in zip(texts, list(method(texts)), strict=True):
        for code in wanted[text.iri]:
            place = codes.index(code) + 1 if code in codes else len(codes) + 1000
            for limit in PLACES:
                found[limit] += place <= limit
    pairs = sum(len(wanted[text.iri]) for text in texts)
    return {limit: count / pairs for limit, count in found.items()}, time.perf_counter() - began


def measure_growth(entries: Sequence[Entry], glossary: Glossary, texts: Sequence[Text], count: int) -> None:
    """Print the time and the memory that ranking takes for more and more texts."""
    ranker = Ranker(entries, glossary)
    for size in (count // 100, count // 10, count):
        varied = (replace(t, words=f"{t.words} in ward {n}") for n, t in enumerate(islice(cycle(texts), size)))
        began = time.perf_counter()
        for _ in ranker.rank(varied, top=3):
            pass
        taken = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>9} texts  {taken:8.1f} s  {1000 * taken / size:6.3f} ms a text  {peak:6.0f} MB at most")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=0, help="also rank that many varied texts")
    arguments = parser.parse_args()
    resources = find_resources(ROOT)
    began = time.perf_counter()
    linkables = Curation(resources).linkables
    entries, glossary = linkables.entries("indicators"), read_glossary(resources.glossary)
    everything = linkables.texts("indicators")
    gathered = time.perf_counter()
    ranked = sum(1 for _ in Ranker(entries, glossary).rank(everything, top=10))
    taken = time.perf_counter() - gathered
    print(f"{ranked} texts of five plans: read in {gathered - began:.2f} s, ranked in {taken:.2f} s")
    wanted = read_labelled()
    texts = [text for text in (*everything, *linkables.texts("local-indicators")) if text.iri in wanted]
    pairs = sum(len(wanted[text.iri]) for text in texts)
    print(f"{pairs} labelled pairs of {len(texts)} texts, {len(entries)} indicators")
    methods = {
        "as used": rank_as_used(entries, glossary),
        "plain TF-IDF": rank_plainly(entries),
        "rapidfuzz ratio": rank_by_ratio(entries),
    }
    print(f"{'method':<18}" + "".join(f"  first {limit:>2}" for limit in PLACES) + "   seconds")
    for name, method in methods.items():
        shares, seconds = recall(method, texts, wanted)
        print(f"{name:<18}" + "".join(f"  {shares[limit]:8.1%}" for limit in PLACES) + f"  {seconds:8.2f}")
    if arguments.texts:
        measure_growth(entries, glossary, everything, arguments.texts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
