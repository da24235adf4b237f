"""Links and tags within the lines of a plan's pages. In: the base of the data. Out: what templates write them with.

A long plan's page holds some thousands of them, most of them more than once: each is written once for a page, and by
Python, since a macro of Jinja takes several times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from markupsafe import Markup

from cyppgraph.namespaces import Namespaces
from cyppgraph.web.display.addresses import locate_document
from cyppgraph.web.plans.elements import Element

_STATED = ("", "stated")
CERTAINTIES = {
    "shared": "The row of the table does not tell which of its items this goes with, so it is given for all of them.",
    "inherited": "Taken from the cell or the heading above, not printed beside it.",
    "inferred": "Worked out from what the document prints; it does not say so in so many words.",
    "doubtful": "The source can be read in more than one way.",
}
_LINK = Markup('<a class="govuk-link" href="%s">%s<bdi>%s</bdi></a>')
_NUMBER = Markup('<span class="number">%s</span> ')
_TAG = Markup(' <strong class="govuk-tag govuk-tag--yellow" title="%s">%s</strong>')


def make_locator(names: Namespaces) -> Callable[[str], str]:
    """Return, for the page at hand, what gives the address on this host of the page about an IRI; empty for none.

    Args:
        names: the base of the data.
    """
    return cache(lambda iri: locate_document(iri, names) if iri else "")


def give_inline(locate: Callable[[str], str]) -> dict[str, object]:
    """Return what the templates of a page about a plan, or about what it states, need.

    Args:
        locate: gives the address of the page about an IRI.

    Returns:
        Itself; ``link_element``, which gives an element's number and words as a link; ``show_certainty``, which gives
        the tag of what is not simply stated; ``certainties``, what each tag means.
    """

    @cache
    def link_element(element: Element) -> Markup:
        number = _NUMBER % element.number if element.number else ""
        return _LINK % (locate(element.iri), number, element.statement)

    return {
        "locate": locate,
        "link_element": link_element,
        "show_certainty": show_certainty,
        "certainties": CERTAINTIES,
    }


@cache
def show_certainty(certainty: str) -> Markup:
    """Return the tag of a certainty, with what it means; nothing for what is simply stated."""
    return Markup("") if certainty in _STATED else _TAG % (CERTAINTIES.get(certainty, ""), certainty)
