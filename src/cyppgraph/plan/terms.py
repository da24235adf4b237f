"""The closed lists of the model (design: "enumerated Concepts"): each value is the ``skos:notation`` of its concept."""

from __future__ import annotations

from enum import StrEnum


class Certainty(StrEnum):
    """How we know: printed, or understood, and from what."""

    STATED = "stated"
    SHARED = "shared"
    INHERITED = "inherited"
    INFERRED = "inferred"
    DOUBTFUL = "doubtful"


class TimeKind(StrEnum):
    """What sort of date a plan prints."""

    BY = "by"
    DURING = "during"
    FROM = "from"
    UNTIL = "until"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    INVALID = "invalid"
    UNSTATED = "unstated"


class LeadStatus(StrEnum):
    """Whether somebody is named."""

    NAMED = "named"
    TO_BE_CONFIRMED = "to be confirmed"
    NOT_STATED = "not stated"


class ProgressStatus(StrEnum):
    """How far an action is."""

    COMPLETE = "complete"
    IN_PROGRESS = "in progress"
    NOT_STARTED = "not started"
    IN_CONSULTATION = "in consultation"
    OTHER = "other"


class FinanceKind(StrEnum):
    """What an amount of money is."""

    SAVING = "saving"
    GROWTH = "growth"


class OutcomeKind(StrEnum):
    """Whether an outcome is for children and families or for the services."""

    BENEFIT = "benefit"
    SERVICE_IMPROVEMENT = "service improvement"


class Comparison(StrEnum):
    """How a target's value is meant."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    EXACTLY = "exactly"
    INCREASE_BY = "increase by"
    DECREASE_BY = "decrease by"


class Unit(StrEnum):
    """What a target's value counts."""

    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage points"
    COUNT = "count"
    GBP = "GBP"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
