"""The W3C's 47 machine-readable protocol tests, put to the service over HTTP as any client would."""

from __future__ import annotations

import pytest

from conformance.manifests import Case, read_cases
from conformance.runner import Target, run_case
from conformance.suite import MANIFESTS, WHY_NOT, find_suite

SUITE = find_suite()
CASES = [case for name in MANIFESTS for case in read_cases(SUITE / name)] if SUITE else []

pytestmark = pytest.mark.skipif(SUITE is None, reason=WHY_NOT)


def test_all_cases_are_read() -> None:
    assert len({case.id for case in CASES}) == 47
    assert all(request.expected.statuses for case in CASES for request in case.requests)


@pytest.mark.parametrize("target", ["embedded", "remote"], indirect=True)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(target: Target, case: Case) -> None:
    assert run_case(target, case) == [], case.name
