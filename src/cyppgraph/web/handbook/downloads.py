"""The files to take away. In: an edition. Out: each with what it holds, its size, checksum and licence.

What a file is comes from the description of the dataset (DCAT), its size and checksum from the files that are sent; a
remote server's data have none here, and then the description alone tells them.
"""

from __future__ import annotations

from flask import render_template, url_for

from cyppgraph.store import Edition
from cyppgraph.store.dumps import name_file
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.display.sheets import Sheet, SheetRow
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.endpoint.dumps import DumpFile, list_dumps
from cyppgraph.web.handbook.dataset import Dataset, read_dataset

_FORMATS = {
    ".ttl": "Turtle",
    ".trig.gz": "TriG, gzip",
    ".nq.gz": "N-Quads, gzip",
    "SUMS": "text",
}
_COLUMNS = ("File", "What it holds", "Format", "Statements", "Bytes", "SHA-256", "Licence")
# What is no graph of the plans, and so is not described as a part of the dataset.
_OTHERS = {
    "dataset.ttl": "The description of the dataset and its files (DCAT, VoID)",
    "cyppgraph.trig.gz": "All of it, graph by graph",
    "cyppgraph.nq.gz": "All of it, a line for each statement",
    "SHA256SUMS": "The checksums of these files",
}


def show_downloads(edition: Edition) -> str:
    """Return the page of downloads; one query."""
    dataset = read_dataset(edition)
    whole = dataset.whole
    return render_template(
        "downloads.html",
        edition=edition,
        whole=whole,
        rights=[(text, locate_thing(iri, edition.namespaces)) for iri, text in dataset.rights.items() if text],
        sheet=lay_out_files(edition, dataset),
        description=locate_thing(whole.iri, edition.namespaces),
        has_files=list_dumps(edition) is not None,
    )


def lay_out_files(edition: Edition, dataset: Dataset) -> Sheet:
    """Return the files as a table."""
    parts = {part.file_name: part for part in dataset.parts if part.file_name}
    others = _OTHERS | {name_file(edition.namespaces.examples, edition.namespaces): "The saved questions, as examples"}
    files, addresses = list_dumps(edition), {}
    if files is None:
        addresses = {name: part.links["dcat:downloadURL"].href for name, part in parts.items()}
        files = [
            DumpFile(name, part.count("dcat:byteSize"), part.said.get("spdx:checksumValue", ""))
            for name, part in parts.items()
        ]
    rows = []
    for file in files:
        part = parts.get(file.name)
        licence = (part or dataset.whole).links.get("dct:license")
        triples = part.count("void:triples") if part else 0
        rows.append(
            SheetRow(
                (
                    Cell(file.name, addresses.get(file.name) or url_for("dumps.dump", name=file.name)),
                    Cell(part.said.get("dct:title", "") if part else others.get(file.name, "")),
                    Cell(next((name for ending, name in _FORMATS.items() if file.name.endswith(ending)), "")),
                    Cell(str(triples) if triples else "", is_number=True),
                    Cell(str(file.size), is_number=True),
                    Cell(file.checksum),
                    Cell(licence.text, licence.href) if licence else Cell(""),
                )
            )
        )
    return Sheet("cyppgraph-files", "Files", _COLUMNS, rows, url_for("data.downloads_csv"))
