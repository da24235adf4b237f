"""The graph for programs: SPARQL 1.1 Protocol, Graph Store Protocol, service description, files."""
