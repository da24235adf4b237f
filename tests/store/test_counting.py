"""Rows are counted in what is written, whatever the values hold and wherever a block ends."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyppgraph.store import FORMATS, formats_for
from cyppgraph.store.counting import make_counter
from cyppgraph.store.formats import AnswerKind

NASTY = st.text(alphabet='"\\{},[]:\n\r<>/a;é', max_size=8) | st.sampled_from(
    ["}},{", "</result>", '"bindings":[{"x', "x\r\n"]
)
NAMES = [form.name for form in formats_for(AnswerKind.ROWS)]


@pytest.mark.parametrize("name", NAMES)
@given(values=st.lists(NASTY, max_size=6, unique=True), size=st.integers(1, 40))
def test_rows_are_counted_whatever_they_hold(name: str, values: list[str], size: int) -> None:
    store = ox.Store()
    subject = ox.NamedNode("http://example.org/s")
    store.extend(ox.Quad(subject, ox.NamedNode("http://example.org/p"), ox.Literal(value)) for value in values)
    written = store.query("SELECT ?o ?s { ?s ?p ?o }").serialize(format=FORMATS[name].engine)
    count = make_counter(name)
    assert sum(count(written[start : start + size]) for start in range(0, len(written), size)) == len(values)


@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_none(name: str) -> None:
    written = ox.Store().query("SELECT ?s { ?s ?p ?o }").serialize(format=FORMATS[name].engine)
    assert make_counter(name)(written) == 0
