"""Figures side by side. In: what was measured on one graph. Out: tables, and the aims with what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Result = dict[str, Any]
_SMALL = ("describe one resource", "look up by code", "LIMIT 100", "ASK")


def write_tables(title: str, results: Result) -> str:
    """Return tables in Markdown: times, throughput, memory, aims."""
    services = {name: result for name, result in results.items() if "queries" in result}
    lines = [f"## {title}", ""]
    lines += [f"- {name} is left out: {result['skipped']}" for name, result in results.items() if "skipped" in result]
    lines += ["", "Milliseconds a query, uncached: median / 95th percentile (+ over the floor)", ""]
    lines += _tabulate("query", services, results["floor"]["queries"], _show_time)
    lines += _list_failures(services)
    others = {name: result for name, result in services.items() if name != "floor"}
    lines += ["", "Milliseconds a query, repeated (with If-None-Match, where a 304 came)", ""]
    lines += _tabulate("query", others, results["floor"]["queries"], _show_repeated)
    lines += ["", "Answers a second, by clients (99th percentile in ms; failed answers)", ""]
    lines += list(_tabulate_load(others))
    lines += ["", "Memory of all processes in MB: idle, the most under load; seconds to start", ""]
    lines += ["| service | idle | under load | start |", "|---|---:|---:|---:|"]
    lines += [f"| {name} | {r['idle']:.0f} | {_find_peak(r):.0f} | {r['start']:.1f} |" for name, r in others.items()]
    aims = list(_judge(services))
    return "\n".join([*lines, "", *(["Aims", ""] if aims else []), *aims, ""])


def _tabulate(head: str, services: Result, rows: Result, show: Any) -> list[str]:
    lines = [f"| {head} | {' | '.join(services)} |", "|---|" + "---:|" * len(services)]
    for name in rows:
        cells = [show(result["queries"].get(name, {}), rows[name]["median"]) for result in services.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _list_failures(services: Result) -> list[str]:
    failures = [
        f"- {service}, {query}: {case.get('wrong') or case['slow']}"
        for service, result in services.items()
        for query, case in result["queries"].items()
        if "wrong" in case or "slow" in case
    ]
    return ["", *failures] if failures else []


def _show_time(case: Result, floor: float) -> str:
    if "slow" in case:
        return "too slow"
    if "median" not in case:
        return "wrong" if "wrong" in case else "–"
    over = "" if case["median"] == floor else f" ({case['median'] - floor:+.2f})"
    return f"{case['median']:.2f} / {case['p95']:.2f}{over}"


def _show_repeated(case: Result, _: float) -> str:
    if "repeated" not in case:
        return "–"
    return f"{case['repeated']:.2f}" + (f" ({case['unchanged']:.2f})" if "unchanged" in case else "")


def _tabulate_load(services: Result) -> Iterator[str]:
    kinds = [
        (kind, clients)
        for kind in ("small", "small, repeated", "aggregates", "aggregates, repeated")
        for clients in sorted({n for result in services.values() for n in result["load"].get(kind, {})})
    ]
    yield f"| queries | clients | {' | '.join(services)} |"
    yield "|---|---:|" + "---:|" * len(services)
    for kind, clients in kinds:
        cells = []
        for result in services.values():
            load = result["load"].get(kind, {}).get(clients)
            failed = f"; {load['failed']} failed" if load and load["failed"] else ""
            cells.append(f"{load['rate']:,.0f} ({load['p99']:.0f}{failed})" if load else "–")
        yield f"| {kind} | {clients} | {' | '.join(cells)} |"


def _find_peak(result: Result) -> float:
    peaks = [float(load["memory"]) for loads in result["load"].values() for load in loads.values()]
    return max(peaks, default=float(result["idle"]))


def _judge(services: Result) -> Iterator[str]:
    floor = services["floor"]["queries"]
    for name, own in services.items():
        if not name.startswith("ours"):
            continue
        queries = {query: case for query, case in own["queries"].items() if "median" in case}
        over = [case["median"] - floor[query]["median"] for query, case in queries.items() if query in _SMALL]
        if over:
            yield f"- {name}: at most {max(over):.2f} ms over the floor on a small query (aim: under 2)"
        yield from _compare_rdflib(name, queries, services.get("rdflib-endpoint", {}).get("queries", {}))
        theirs = services.get("Oxigraph server", {}).get("load", {})
        for kind, loads in own["load"].items():
            aim = "over 1" if "repeated" in kind else "at least 0.5"
            for clients, load in loads.items():
                if rate := theirs.get(kind, {}).get(clients, {}).get("rate"):
                    ratio = load["rate"] / rate
                    yield f"- {name}: {kind}, {clients} clients: {ratio:.2f} of Oxigraph server's (aim: {aim})"


def _compare_rdflib(name: str, own: Result, theirs: Result) -> Iterator[str]:
    ratios = {
        query: theirs[query].get("median", theirs[query].get("at_least")) / case["median"]
        for query, case in own.items()
        if query not in _SMALL and theirs.get(query, {}).keys() & {"median", "at_least"}
    }
    if ratios:
        listed = ", ".join(
            f"{query} {'over ' if 'at_least' in theirs[query] else ''}{ratio:,.0f}" for query, ratio in ratios.items()
        )
        yield f"- {name}: rdflib-endpoint takes so many times as long: {listed} (aim: at least 20)"
