"""The kinds of page that the site has, each with an address over the published graph."""

from __future__ import annotations

PLAN = "/doc/plan/thurrock-2012"
"""The shortest of the five plans."""

KINDS = {
    "home": "/",
    "plan": PLAN,
    "plan's actions": "/plans/thurrock-2012/actions",
    "plan's actions, none": "/plans/thurrock-2012/actions?lead=nobody",
    "action": "/doc/plan/thurrock-2012/action/abe318ad",
    "outcome": "/doc/plan/richmond-2009/outcome/4.1.5",
    "measure": "/doc/plan/croydon-2013/measure/0a20124a",
    "target": "/doc/plan/southend-2011/target/0eebc171",
    "date": "/doc/plan/croydon-2021/due/fc53a412",
    "person": "/doc/plan/southend-2011/person/elaine-hammans",
    "body": "/doc/plan/croydon-2013/body/integrated-youth-support-service",
    "post": "/doc/plan/croydon-2013/role/head-of-partnership-and-business-development",
    "council": "/doc?iri=http://opendatacommunities.org/id/london-borough-council/croydon",
    "source row": "/id/plan/richmond-2009/row/L68-f6140462",
    "finding": "/id/plan/croydon-2013/finding/310b1123",
    "questions": "/questions/",
    "question": "/questions/01-plans-side-by-side",
    "question with a form": "/questions/03-what-a-council-put-first?borough=croydon",
    "question refused": "/questions/03-what-a-council-put-first?borough=nowhere",
    "indicator": "/doc/indicator/ni/117",
    "compare": "/compare",
    "compared statements": "/compare/statements?topic=care-leavers&plan=croydon-2013&plan=croydon-2021",
    "two plans": "/compare/two?left=southend-2011&right=thurrock-2012&topic=bullying",
    "later plan": "/compare/later?earlier=croydon-2013&later=croydon-2021",
    "compare refused": "/compare/two?left=croydon-2013&topic=neet",
    "search": "/search?q=childhood+obesty",
    "search, none": "/search?q=xyzzy",
    "ask": "/ask",
    "ask, answered": "/ask?query=SELECT+%3Fplan+%28COUNT%28*%29+AS+%3Factions%29+%7B+%3Faction+a+cypp%3AAction+%3B"
    "+cypp%3AinPlan+%3Fplan+%7D+GROUP+BY+%3Fplan&chart=bar",
    "ask, refused": "/ask?query=SELECT+*+%7B+%3Fs+a+FILTR+%7D",
    "ask, a question": "/ask?question=03-what-a-council-put-first&borough=croydon",
    "dumps": "/dumps/",
    "link": "/id/link/topics/dd5ed59faf",
    "concept": "/doc/scheme/progress-status/not-started",
    "dataset": "/id/dataset/catalog",
    "thing missing": "/id/plan/thurrock-2012/action/none",
    "ontology": "/ontology",
    "help": "/reconcile/help",
    "error": "/nowhere",
}
