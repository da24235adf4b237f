"""Children and Young People's Plans, read from the documents that councils publish into a linked-data graph."""
