"""The beginning of a made-up plan's plan.toml, for ``str.format``: whose plan it is, its document, its levels."""

HEAD = """\
[plan]
id = "{id}"
title = "A made-up plan"
title_lines = 1
authority = "croydon"
starts = 2011-04-01
ends = 2013-03-31
period = "stated"

[document]
file = "source.txt"
sha256 = "{sha256}"
title = "A made-up plan"
rights = "Nobody's."
"""
PRIORITIES = """\

[[level]]
term = "Priority"
kind = "commitment"

[[heading]]
level = "Priority"
pattern = 'Priority (?P<number>\\d): (?P<statement>.+)'
"""
