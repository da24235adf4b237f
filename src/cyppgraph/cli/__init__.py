"""The command line. In: arguments. Out: results on stdout, progress on stderr, an exit code.

Exit 0: sound. 1: findings. 2: could not run, with a message that says why and what to do. 130: interrupted.
Each command imports what it needs when it is called, so that asking does not wait for what only building needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from cyppgraph.cli.asking import query
from cyppgraph.cli.assisting import mcp
from cyppgraph.cli.building import build, check, coverage
from cyppgraph.cli.linking import link
from cyppgraph.cli.observing import observe
from cyppgraph.cli.options import say
from cyppgraph.cli.pushing import push
from cyppgraph.cli.serving import load, run, serve
from cyppgraph.errors import CyppgraphError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cyppgraph")
def commands() -> None:
    """Children and Young People's Plans as a graph: build it, check it, ask it, serve it.

    \b
    Examples:
      cyppgraph run
      cyppgraph query --list
    """


for _command in (build, check, coverage, link, mcp, observe, query, load, push, run, serve):
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line, or else the one that this process was given; return its exit code, never raise."""
    try:
        code = commands.main(args=arguments, prog_name="cyppgraph", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted.")
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except (BrokenPipeError, SystemExit):  # whoever reads our output has had enough; click then raises SystemExit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except (CyppgraphError, OSError) as error:
        say(f"Error: {error}")
        return 2
    return int(code or 0)
