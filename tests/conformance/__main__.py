"""The W3C's protocol tests put to any server. In: its address. Out: what passed, what did not and why; exit code 1.

    python -m tests.conformance http://127.0.0.1:8000 --token SECRET
    python -m tests.conformance http://127.0.0.1:7878 --query /query --update /update --store /store --direct /store/

It EMPTIES the store of that server before each case. The manifests are those of w3c/rdf-tests, sparql/sparql11, beside
this checkout as ``../shared/conformance/sparql11``, or where ``--tests`` says.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from .manifests import read_cases
from .runner import Target, run_case
from .suite import MANIFESTS, find_suite


def main() -> int:
    """Run the cases; return 0 if all passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="of the server, such as http://127.0.0.1:8000")
    parser.add_argument("--query", default="/sparql/", help="its path for queries (%(default)s)")
    parser.add_argument("--update", default="/sparql/", help="its path for updates (%(default)s)")
    parser.add_argument("--store", default="/store", help="its graph store; '' if it has none (%(default)s)")
    parser.add_argument("--direct", default="/graph/", help="what addresses of its graphs begin with (%(default)s)")
    parser.add_argument("--token", default=os.environ.get("CYPPGRAPH_TOKEN", ""), help="that allows writing")
    parser.add_argument("--tests", type=Path, default=None, help="the folder sparql11 of w3c/rdf-tests")
    asked = parser.parse_args()
    folder = asked.tests or find_suite()
    if folder is None:
        print("The W3C's tests are not here; say where with --tests.")
        return 2
    authority = urlsplit(asked.address).netloc
    target = Target(authority, asked.query, asked.update, asked.store, asked.direct, asked.token)
    cases = [case for name in MANIFESTS for case in read_cases(folder / name)]
    failed = 0
    for case in cases:
        wrong = run_case(target, case)
        failed += bool(wrong)
        print("fail" if wrong else "pass", case.id, *(f"\n     {each}" for each in wrong))
    print(f"{len(cases) - failed} of {len(cases)} pass.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
