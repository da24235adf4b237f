"""What an IRI of ours leads to: a description, in a format or as a page; the ontology."""
