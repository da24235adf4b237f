"""OBSERVE: a file of published statistics and a mapping file in, figures and absences out. Nothing here knows RDF."""

from cyppgraph.observations.mappings import Indicator, Mapping, Match, read_mapping
from cyppgraph.observations.observation import (
    Absence,
    Area,
    Observation,
    ObservationFile,
    ObservationFinding,
    Period,
)
from cyppgraph.observations.periods import STATUSES
from cyppgraph.observations.reading import read_observations
from cyppgraph.observations.values import ABSENCES

__all__ = [
    "ABSENCES",
    "STATUSES",
    "Absence",
    "Area",
    "Indicator",
    "Mapping",
    "Match",
    "Observation",
    "ObservationFile",
    "ObservationFinding",
    "Period",
    "read_mapping",
    "read_observations",
]
