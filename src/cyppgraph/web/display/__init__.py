"""What pages are made of: addresses of things, tables and their files, drawings, statements, what is read once."""
