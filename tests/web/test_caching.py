"""A client's copy is recognised, also where a proxy has zipped it on the way."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("form", ["{}", "W/{}"])
def test_a_copy_that_a_proxy_has_zipped_is_still_right(client: FlaskClient, form: str) -> None:
    """A proxy that zips makes a validator weak; If-None-Match compares weakly (RFC 9110, 13.1.2)."""
    path = "/sparql?query=ASK {}"
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": form.format(etag)}).status_code == 304
