"""An update that would fetch a document is found before it is run, however it is written; others are left alone."""

from __future__ import annotations

import contextlib

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cyppgraph.sparql import find_load
from cyppgraph.store import QueryRefusedError
from cyppgraph.store.writing import refuse_calls

LOADS = [
    "LOAD <%s>",
    "LOADSILENT<%s>",
    "load silent<%s>into graph<urn:g>",
    "PREFIX : <%s> LOAD:",
    "PREFIX : <%s> LOAD:x#INTO\n",
    "PREFIX : <%s> LOADSILENT:x INTO GRAPH <urn:g>",
    "PREFIX a: <%s> LOADa:x",
    "PREFIX load: <%s> LOAD load:x",
    "PREFIX a: <urn:a>BASE<urn:b>LOAD<%s>",
    "CLEAR ALL;\n#\rLOAD <%s>",
    "INSERT DATA{<urn:a> <urn:b> 1};LOAD<%s>",
    "INSERT{}WHERE{FILTER(1<5#>\n)};LOAD<%s>",
    'INSERT{}WHERE{FILTER(1<5#>"""\n)};LOAD<%s>#"""',
    "INSERT{}WHERE{FILTER(1<5#>'''\n)};LOAD<%s>#'''",
    'INSERT{}WHERE{VALUES ?x {"""a"}};LOAD<%s>#\\q"""\n',
]
HARMLESS = [
    'INSERT DATA { <urn:load> <urn:LOAD> "LOAD <x>", "; LOAD <x>" } # ; LOAD <x>',
    "INSERT { ?load ?p $LOAD } WHERE { ?load ?p $LOAD ; <urn:x#load> _:load }",
    "PREFIX work: <urn:> DELETE WHERE { work:load work:unload ?o }",
    "PREFIX workload: <urn:> DELETE WHERE { workload:a ?p ?o }",
]


@pytest.mark.parametrize("update", LOADS)
def test_oxigraph_would_load_and_we_refuse(listener, update: str) -> None:
    text = update % listener.address
    listener.calls.clear()
    with contextlib.suppress(OSError, RuntimeError):
        ox.Store().update(text)
    assert len(listener.calls) == 1
    with pytest.raises(QueryRefusedError, match="LOAD would fetch"):
        refuse_calls(text)


@pytest.mark.parametrize("update", HARMLESS)
def test_the_word_elsewhere_is_harmless(update: str) -> None:
    ox.Store().update(update)
    refuse_calls(update)


SIGNS = list(" \n\t\r<>#'\"\\(){}.;,=@:")
WORDS = [
    '"""',
    "'''",
    '""',
    "\\u0022",
    "\\q",
    "1",
    "?x",
    "<5",
    "#>",
    "<urn:a#b>",
    "<a'b)>",
    ":a",
    "_:b",
    "'a'",
    '"a"@en',
]
WORDS += ["INSERT{}WHERE{", "FILTER(1<5", ")", "VALUES ?x {", "}", "};", "CLEAR ALL;", "BASE<urn:x>", "silent", "into"]
PIECES = st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=6).map("".join)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PIECES, PIECES, PIECES, st.sampled_from(["INSERT{}WHERE{", "CLEAR ALL;", ""]), st.sampled_from([":", "<{}>"]))
def test_nothing_that_passes_loads(listener, before: str, between: str, after: str, begin: str, name: str) -> None:
    """Whatever surrounds LOAD, an update in which it is not found makes Oxigraph call nobody."""
    call = f"LOAD{between}{name.format(listener.address)}"
    for text in (f"{begin}{before};{call}{after}\n", f"PREFIX : <{listener.address}>{begin}{before}}};{call}{after}\n"):
        if find_load(text) is not None:
            continue
        listener.calls.clear()
        with contextlib.suppress(SyntaxError, OSError, RuntimeError, ValueError):
            ox.Store().update(text)
        assert listener.calls == [], text
