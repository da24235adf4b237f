"""Printed figures. In: a cell's text, its layout and the unit that it should have. Out: a decimal or an absence.

A decimal has the digits printed, but for the noise of a floating-point number written out in full:
``19.100000000000001`` is the number that 19.1 becomes in a computer, and is read as 19.1. Refused is everything that
is neither a number nor a code of ``ABSENCES``, so that no text ever becomes a nought.
"""

from __future__ import annotations

import re
from decimal import Decimal

from cyppgraph.observations.observation import Absence, Unread

LAYOUTS = ("ees", "lait", "tidy")
ABSENCES = (
    Absence("c", "Confidential", frozenset(LAYOUTS)),
    Absence("x", "Not available", frozenset(LAYOUTS)),
    Absence("z", "Not applicable", frozenset(LAYOUTS)),
    Absence("k", "Rounded to nought (k)", frozenset(LAYOUTS)),
    Absence("low", "Rounded to nought (low)", frozenset(LAYOUTS)),
    Absence("u", "Low reliability", frozenset(LAYOUTS)),
    # In older tables of the layout "ees" a dash meant a figure rounded to nought, so it is read in LAIT alone.
    Absence("-", "No figure", frozenset({"lait"})),
    Absence("blank", "Blank", frozenset(LAYOUTS)),
)
_BY_CODE = {absence.code: absence for absence in ABSENCES}
# [0-9] and not \d: the latter takes the digits of every script, which no table of ours prints.
_NUMBER = re.compile(
    r"(?P<sign>[-−+]?)(?P<pound>£?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?P<point>\.[0-9]+)?"
    r"(?P<exponent>[eE][-+]?[0-9]{1,2})?(?P<percent>\s?%?)"
)
_SURE_DIGITS = 15  # every decimal of so many digits survives a double


def read_value(text: str, layout: str, unit: str) -> Decimal | Absence | Unread:
    """Read a printed figure.

    Args:
        text: the cell as printed.
        layout: the layout of its file.
        unit: the notation of the unit that the mapping file gives the indicator.
    """
    stripped = text.strip()
    absence = None if stripped == "blank" else _BY_CODE.get(stripped or "blank")
    if absence is not None and layout in absence.layouts:
        return absence
    found = _NUMBER.fullmatch(stripped)
    if found is None or (found["digits"] is None and found["point"] is None):
        codes = ", ".join(a.code for a in ABSENCES if layout in a.layouts and a.code != "blank")
        return Unread("value not read", f"{text!r} is no number and none of the codes {codes}")
    if found["percent"].strip() and unit != "percent":
        return Unread("unit differs", f"{text!r} is in percent, and the mapping file gives the unit {unit!r}")
    if found["pound"] and unit != "GBP":
        return Unread("unit differs", f"{text!r} is in pounds, and the mapping file gives the unit {unit!r}")
    digits = (found["digits"] or "0").replace(",", "") + (found["point"] or "") + (found["exponent"] or "")
    number = shortest_decimal(digits)
    return number.copy_negate() if found["sign"] in ("-", "−") and number else number


def shortest_decimal(digits: str) -> Decimal:
    """Return a number without the noise of a double written out in full; any other number as it is printed."""
    exact = Decimal(digits)
    if len(exact.normalize().as_tuple().digits) <= _SURE_DIGITS or not re.search("[.eE]", digits):
        return exact
    double = float(digits)
    written_out = {Decimal(f"{double:.16g}"), Decimal(f"{double:.17g}"), Decimal(double)}
    return Decimal(repr(double)) if exact in written_out else exact
