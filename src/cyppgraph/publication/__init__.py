"""PUBLISH: graphs in, files out (Turtle, DCAT, VoID)."""

from cyppgraph.publication.counts import Counts, count_triples, count_union
from cyppgraph.publication.dataset import About, PublishedFile, describe_dataset
from cyppgraph.publication.examples import describe_examples
from cyppgraph.publication.files import replace_file, replace_files
from cyppgraph.publication.folder import WrittenFile, read_manifest, serialize_files, write_all, write_files
from cyppgraph.publication.graphs import read_turtle
from cyppgraph.publication.turtle import serialize_turtle, write_turtle

__all__ = [
    "About",
    "Counts",
    "PublishedFile",
    "WrittenFile",
    "count_triples",
    "count_union",
    "describe_dataset",
    "describe_examples",
    "read_manifest",
    "read_turtle",
    "replace_file",
    "replace_files",
    "serialize_files",
    "serialize_turtle",
    "write_all",
    "write_files",
    "write_turtle",
]
