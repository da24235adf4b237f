"""``python -m cyppgraph``: the command line, without the script."""

from cyppgraph.cli import main

if __name__ == "__main__":
    main()
