"""UNDERSTAND: small grammars for dates, leads, codes, quantities and money; text in, typed value out; pure."""

from cyppgraph.phrases.codes import (
    CodedSegment,
    CodePhrase,
    CrossReference,
    DesignationPhrase,
    parse_codes,
    parse_cross_references,
    parse_designations,
    split_at_codes,
)
from cyppgraph.phrases.dates import DatePhrase, parse_dates
from cyppgraph.phrases.deadlines import find_deadlines
from cyppgraph.phrases.lead_names import initials_of
from cyppgraph.phrases.leads import LeadPhrase, parse_leads
from cyppgraph.phrases.lettering import Lettered, LetteredPart, parse_number, split_lettered
from cyppgraph.phrases.money import YearsAndAmounts, split_amounts, split_years_and_amounts
from cyppgraph.phrases.progress import ProgressPhrase, parse_progress
from cyppgraph.phrases.quantities import TargetPhrase, find_targets
from cyppgraph.phrases.statements import split_actions, split_statements

__all__ = [
    "CodePhrase",
    "CodedSegment",
    "CrossReference",
    "DatePhrase",
    "DesignationPhrase",
    "LeadPhrase",
    "Lettered",
    "LetteredPart",
    "ProgressPhrase",
    "TargetPhrase",
    "YearsAndAmounts",
    "find_deadlines",
    "find_targets",
    "initials_of",
    "parse_codes",
    "parse_cross_references",
    "parse_dates",
    "parse_designations",
    "parse_leads",
    "parse_number",
    "parse_progress",
    "split_actions",
    "split_amounts",
    "split_at_codes",
    "split_lettered",
    "split_statements",
    "split_years_and_amounts",
]
