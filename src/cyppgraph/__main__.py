"""``python -m cyppgraph``: the command line, without the script."""

import sys

from cyppgraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
