"""What stops us. Everything that does not stop us is a finding (``cyppgraph.findings``)."""

from __future__ import annotations

from typing import NamedTuple

from cyppgraph.where import Where


class Fault(NamedTuple):
    """One reason why an input cannot be used: where it stands, what was found and what to do about it."""

    where: Where
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class CyppgraphError(Exception):
    """An input or a request that we cannot go on with; its text says where, what, and what to do."""


class FaultyInputError(CyppgraphError):
    """One or more faults in an input file, all of them reported at once.

    Args:
        faults: at least one fault, in the order in which they stand.
    """

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
