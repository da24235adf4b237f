"""Where the project's folders are. In: a root folder, or the folder one works in. Out: paths below the root.

The root is the folder that holds ``ontology/`` and ``data/``: the one given, else the nearest at or above the working
folder, else the checkout that this package was installed from. Refuses a root without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cyppgraph.errors import CyppgraphError

_LANDMARKS = ("ontology", "data")


@dataclass(frozen=True, slots=True)
class Resources:
    """The folders of one checkout."""

    root: Path

    @property
    def ontology(self) -> Path:
        """The ontology, its alignments and its schemes."""
        return self.root / "ontology"

    @property
    def schemes(self) -> Path:
        """The SKOS schemes, one file each."""
        return self.root / "ontology" / "schemes"

    @property
    def shapes(self) -> Path:
        """The SHACL shapes, one file per class."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """Questions and checks."""
        return self.root / "queries"

    @property
    def data(self) -> Path:
        """Plans, links, authorities and what is built from them."""
        return self.root / "data"

    @property
    def plans(self) -> Path:
        """One folder per plan."""
        return self.root / "data" / "plans"

    @property
    def turtle(self) -> Path:
        """The built Turtle files."""
        return self.root / "data" / "ttl"

    @property
    def figures(self) -> Path:
        """The published statistics that were loaded, one Turtle file each; no part of the published data."""
        return self.root / "build" / "observations"

    @property
    def snapshots(self) -> Path:
        """The versions of the graph that can be served."""
        return self.root / "build" / "snapshots"

    @property
    def links(self) -> Path:
        """The curated links."""
        return self.root / "data" / "links"

    @property
    def catalogue(self) -> Path:
        """The national set of indicators."""
        return self.root / "data" / "catalogue"

    @property
    def glossary(self) -> Path:
        """What short forms mean."""
        return self.root / "data" / "linking" / "acronyms.toml"

    @property
    def authorities(self) -> Path:
        """The councils whose plans are here."""
        return self.root / "data" / "authorities.toml"


def _is_root(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in _LANDMARKS)


def find_resources(root: Path | str | None = None) -> Resources:
    """Find the project's folders.

    Args:
        root: the folder that holds them; None to look for it from the working folder upwards.

    Raises:
        CyppgraphError: where no such folder is found.
    """
    if root is not None:
        given = Path(root)
        if not _is_root(given):
            raise CyppgraphError(
                f"{given}: no folders named ontology and data here. Give --root the folder that holds both."
            )
        return Resources(given)
    here = Path.cwd()
    checkout = Path(__file__).resolve().parents[2]
    for folder in (here, *here.parents, checkout):
        if _is_root(folder):
            return Resources(folder)
    raise CyppgraphError(
        f"No folder at or above {here} holds ontology and data. Work in a copy of the project, or give --root its path."
    )
