"""Areas by any of their codes. In: the codes printed in a row, in the order to try them. Out: an area.

An ONS code stands for itself. A number of the Department for Education is looked up among the councils of
``data/authorities.toml``, the areas that the mapping file lists, and the pairs of codes that the file itself prints.
Refused is a row none of whose codes is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cyppgraph.observations.observation import Area, Unread

ONS_CODE = re.compile(r"[EKNSWJ][0-9]{8}")
_NUMBER = re.compile(r"([0-9]{3})(?:\.0+)?")  # "306.0": a number that passed through a spreadsheet


_NO_CODE = ("", "x", "z")  # what the layout ees prints where an area has no code of a kind


class Areas:
    """The areas that are known while one file is read.

    Args:
        known: areas by DfE number: those of the councils.
        listed: areas by the code or number that the file prints, from the mapping file; they win.
        paired: areas by DfE number, from rows that print both codes.
    """

    def __init__(self, known: Mapping[str, Area], listed: Mapping[str, Area], paired: Mapping[str, Area]) -> None:
        self._by_number = {**paired, **known, **listed}
        names = {area.code: area.name for area in (*known.values(), *listed.values())}
        self._names = names | {code: area.name for code, area in listed.items()}

    def find(self, codes: Iterable[str], name: str) -> Area | Unread:
        """Find the area of a row.

        Args:
            codes: the codes that the row prints, in the order to try them.
            name: the name that the row prints.
        """
        printed = [code.strip() for code in codes if code.strip() not in _NO_CODE]
        for code in printed:
            if number := _NUMBER.fullmatch(code):
                code = number[1]
            if code in self._by_number:
                return self._by_number[code]
            if ONS_CODE.fullmatch(code):
                return Area(code, self._names.get(code) or name.strip() or code)
            break  # a code that is none: the next one may be another area's, so it is not tried
        shown = " and ".join(map(repr, printed)) or "a blank code"
        return Unread(
            "area not known",
            f"{shown} ({name.strip() or 'no name'}) is no area that is known; "
            "give its ONS code under [areas] in the mapping file",
        )


def pair_codes(rows: Iterable[tuple[str, str, str]]) -> dict[str, Area]:
    """Return areas by DfE number, from rows of an ONS code, a DfE number and a name that print both codes."""
    paired: dict[str, Area] = {}
    for code, number, name in rows:
        found = _NUMBER.fullmatch(number.strip())
        if found and ONS_CODE.fullmatch(code.strip()):
            paired.setdefault(found[1], Area(code.strip(), name.strip() or code.strip()))
    return paired
