"""Days as people write them. In: digits (2013-03-31), or a day, or a moment. Out: 31 March 2013."""

from __future__ import annotations

from datetime import date, datetime


def read_day(text: str) -> date | None:
    """Return a day from its digits; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def say_day(day: date | str | None) -> str:
    """Return a day in words; digits that are no day as they are, and nothing for none."""
    known = read_day(day) if isinstance(day, str) else day
    if known is None:
        return day if isinstance(day, str) else ""
    return f"{known.day} {known:%B} {known.year}"


def say_moment(moment: datetime | str) -> str:
    """Return a day and a time in words, with UTC where that is said; what is no such moment as it is."""
    try:
        known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    except ValueError:
        return str(moment)
    is_utc = known.utcoffset() is not None and not known.utcoffset()
    return f"{say_day(known)}, {known:%H:%M}{' UTC' if is_utc else ''}"
