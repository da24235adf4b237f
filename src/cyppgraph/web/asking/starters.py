"""Queries to begin with, each a step harder than the one before; what their lines do is said in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Starter:
    """A query to begin with: what it asks, what it shows of SPARQL, its text."""

    asks: str
    shows: str
    query: str


STARTERS = (
    Starter(
        "Which plans are here?",
        "A pattern finds all that fits it; a semicolon says more of the same thing.",
        """\
# ?plan and ?title are whatever fits: things that are plans, and their titles
SELECT ?plan ?title
WHERE {
  ?plan a cypp:Plan ;
        dct:title ?title .
}
ORDER BY ?title
""",
    ),
    Starter(
        "How many actions does each plan state?",
        "A slash follows one property after another; GROUP BY counts. The answer can be drawn as a chart.",
        """\
# from an action to its plan, and on to the plan's short name
SELECT ?plan (COUNT(?action) AS ?actions)
WHERE {
  ?action a cypp:Action ;
          cypp:inPlan/dct:identifier ?plan .
}
GROUP BY ?plan
ORDER BY DESC(?actions)
""",
    ),
    Starter(
        "Which actions are about a subject, who leads them, and by when?",
        "VALUES sets what is looked for, OPTIONAL keeps what lacks something, and each row tells where it is printed.",
        """\
# change the topic: begin to type its name in the braces, and the editor offers those that there are
SELECT ?plan ?statement ?lead ?latest ?line
WHERE {
  VALUES ?topic { topic:neet }
  ?action a cypp:Action ;
          dct:subject ?topic ;
          cypp:statement ?statement ;
          cypp:inPlan/dct:identifier ?plan ;
          cypp:source/cypp:firstLine ?line .
  OPTIONAL { ?action cypp:hasLead/cypp:statement ?lead }
  OPTIONAL { ?action cypp:due/cypp:latest ?latest }
}
ORDER BY ?plan ?line
LIMIT 200
""",
    ),
)
