"""Data and questions that attack whoever shows them, the service over them; a port that must stay silent."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cyppgraph.queries import read_questions
from live import Served, serve_folder

CANARY = "canary-of-a-file-that-nobody-may-read"
HOSTILE = """\
</title></script><script>alert('hostile')</script><img src=x onerror=alert(1)>\\"' onmouseover='alert(2)'{{7*7}}${7*7}\
<svg/onload=alert(3)><!-- ]]> --> \\u202E javascript:alert(4)"""
# IRIs cannot hold <, > or a double quote; all else is tried.
HOSTILE_IRIS = (
    "javascript:alert('hostile')",
    "JaVaScRiPt:alert(1)//https://example.org/",
    "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
    "vbscript:msgbox(1)",
    "https://w3id.org/cyppgraph/id/plan/x'onmouseover='alert(1)",
    "https://w3id.org/cyppgraph/id/plan/x%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "https://w3id.org/cyppgraph/id/../../../etc/passwd",
)
_HEAD = """\
@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix plan: <https://w3id.org/cyppgraph/id/plan/> .
"""
QUESTION = """\
#+ question: Which elements are there?
#+ why: Elements <b>show</b> <script>alert('why')</script> what will be done.
#+ columns:
#+   element: the element
#+   words: its words
#+ parameters:
#+   id (string): the plan's id
PREFIX cypp: <https://w3id.org/cyppgraph/ontology#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?element ?words {
  VALUES ?id { UNDEF }
  ?plan dct:identifier ?id .
  ?element cypp:inPlan ?plan ; cypp:statement ?words .
} ORDER BY ?element
"""


def write_hostile_data(folder: Path) -> None:
    """Write a graph in which every text and every IRI that a plan can bring is an attack on who shows it."""
    says = f'"{HOSTILE}"'
    lines = [
        f"plan:alder-2012 a cypp:Plan ; dct:identifier {says} ; dct:title {says}@en ; dct:description {says} ;",
        f"  dct:publisher <{HOSTILE_IRIS[0]}> ; dct:source <{HOSTILE_IRIS[1]}> ; rdfs:seeAlso <{HOSTILE_IRIS[2]}> ;",
        f'  dct:temporal <http://example.org/years> ; skos:note "x"^^<{HOSTILE_IRIS[0]}> .',
        f"<http://example.org/years> dcat:startDate {says} ; dcat:endDate {says} ; rdfs:label {says} .",
    ]
    for number, iri in enumerate(HOSTILE_IRIS, 1):
        lines += [
            f"<{iri}> a cypp:Action, skos:Concept ; cypp:inPlan plan:alder-2012 ; cypp:statement {says}@en ;",
            f'  rdfs:label {says} ; skos:prefLabel {says}@en ; skos:notation "{number}" ; dct:title {says} .',
        ]
    text = _HEAD + "\n".join(lines) + "\n"
    (folder / "alder-2012.ttl").write_text(text, encoding="utf-8")
    birch = 'plan:birch-2013 a cypp:Plan ; dct:identifier "birch-2013" ; dct:title "Birch"@en .\n'
    (folder / "birch-2013.ttl").write_text(_HEAD + birch, encoding="utf-8")


@contextmanager
def serve_hostile_data() -> Iterator[Served]:
    """Serve hostile data and a question about them until the end of the block; ``live.TOKEN`` allows writing."""
    with tempfile.TemporaryDirectory() as made:
        data, questions = Path(made) / "ttl", Path(made) / "questions"
        data.mkdir()
        questions.mkdir()
        write_hostile_data(data)
        (questions / "01-elements.rq").write_text(QUESTION, encoding="utf-8")
        with serve_folder(data, read_questions(questions)) as served:
            yield served


class Ear:
    """A port of this machine that counts who connects, and tells them something that shows if it is believed."""

    def __init__(self) -> None:
        self.calls: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        body = f'<urn:s> <urn:p> "{CANARY}" .\n'.encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.calls.append(b"?")
            with caller:
                caller.settimeout(1)
                try:
                    self.calls[-1] = caller.recv(1000)
                    caller.sendall(head % len(body) + body)
                except OSError:
                    continue
