"""Requests that no honest client sends. In: an address. Out: those that were answered as none should be.

    PYTHONPATH=src:tests python -m faults.malformed --number 10000
    PYTHONPATH=src:tests python -m faults.malformed --number 10000 --address http://127.0.0.1:8000

Requests have numbers, by which each can be sent again (``--first 4711 --number 1``); they go as bytes over sockets.
Wrong is: an answer that is not HTTP; a status
of 500 or more, other than 503 with a problem document that says why, and 501 to a transfer coding that there is none of
(RFC 9112, 6.1); no answer to a whole request; and a service that does not answer an honest question afterwards.
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import sys
from collections import Counter
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from hostile import serve_hostile_data

PROBE = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
PATIENCE = 20.0
IMPATIENCE = 0.02


@dataclass(frozen=True, slots=True)
class Raw:
    """A request as bytes, and whether a server can know where it ends; if not, it may wait for the rest."""

    sent: bytes
    ends: bool


PATHS = [
    *("/", "/sparql", "/sparql/", "/store", "/store/", "/graph/", "/graph/alder-2012", "/graph/none", "/nowhere"),
    *(
        "/questions",
        "/questions/",
        "/questions/01-elements",
        "/questions/01-elements.csv",
        "/questions/01-elements.exe",
    ),
    *("/reconcile", "/reconcile/", "/reconcile/suggest/entity", "/reconcile/extend", "/reconcile/preview", "/search"),
    *("/id/plan/alder-2012", "/id/plan/none", "/ontology", "/void", "/.well-known/void", "/dumps/", "/dumps/x.nt.gz"),
    *(
        "/openapi.json",
        "/health",
        "/metrics",
        "/mcp",
        "/robots.txt",
        "/static/style.css",
        "/static/../app.py",
        "*",
        "x",
    ),
    *("//", "/%", "/%00", "/%ff%fe", "/\xe9", "/sparql;x=1", "http://x/sparql", "/id/" + "a/" * 500, "/" + "x" * 5000),
]
METHODS = [
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "PATCH",
    "TRACE",
    "QUERY",
    "PROPFIND",
    "get",
    "G\0T",
    "",
    "é",
]
FIELDS = [
    *("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "default", "queries"),
    *("extend", "prefix", "type", "id", "limit", "offset", "page", "format", "timeout", "cursor", "q", "callback", ""),
]
VALUES = [
    *("ASK {}", "SELECT * { ?s ?p ?o } LIMIT 2", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <urn:x>", "CLEAR ALL"),
    *("SELECT", "ASK {", "SELECT * { ?s ?p '\ud7ff' }", "ASK { ?s ?p '\\ud800' }", "ASK { FILTER(1/0) }", "# only", ""),
    *("SELECT (xsd:integer('x') AS ?n) {}", "ASK { ?s ?p 1e999999 }", "ASK { FILTER REGEX('a', '(a*)*b(') }"),
    *("SELECT * { BIND(99999999999999999999999999 AS ?n) }", "SELECT ?x (COUNT(*) AS ?x) {}", "ASK {} LIMIT -1"),
    *("SELECT * {} LIMIT 99999999999999999999", "SELECT * {} OFFSET 18446744073709551615", "PREFIX : <x y> ASK {}"),
    *("BASE <x> ASK { <y> ?p ?o }", "ASK { <urn:%s> ?p ?o }" % ("x" * 3000), "SELECT * " + "{" * 60 + "}" * 60),
    *(
        "urn:x",
        "http://example.org/g",
        "not an iri",
        "http://[::1",
        "file:///etc/passwd",
        "urn:\0",
        "_:b",
        "\u202e",
        "\0",
    ),
    *("-1", "0", "1e9", "99999999999999999999", "NaN", "true", "null", "[]", "{}", '{"q0":{"query":"x","limit":-1}}'),
    *(
        '{"q0":[]}',
        '{"ids":[1],"properties":[{}]}',
        '{"q0":{"query":{},"type":7,"properties":"x"}}',
        "[" * 3000,
        '"\\ud800"',
    ),
]
BROKEN_CODES = ["%", "%z", "%ff", "%fe%ff", "%c3%28", "%ed%a0%80", "%00", "+%", "%u0041", "&&", "=", "&=&", ";", "%25%"]
TYPES = [
    *("application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update", "text/turtle"),
    *("application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig", "application/json"),
    *(
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        'multipart/form-data; boundary="',
        "text/plain",
        "",
        "/",
    ),
    *(
        "application/sparql-query; charset=utf-16",
        "application/sparql-query; charset=none",
        "a/b/c",
        ";;;=",
        "\xff/\xfe",
    ),
]
ACCEPTS = [
    *(
        "*/*",
        "text/html",
        "text/turtle",
        "application/sparql-results+json",
        "text/csv;q=0.5,*/*;q=0.1",
        "*",
        "/",
        ",",
        ";",
    ),
    *(
        "text/html;q=nonsense",
        "text/html;q=-1",
        "text/html;q=2",
        "*/*;q=0",
        "text/csv;q=1e400",
        "text/*;q=",
        'a/b;c="',
        "q",
    ),
    *("text/turtle;q=0.0000000000001", "text/csv," * 500, "\xff", "text/csv;q=inf", "*/turtle", "text/csv;q=０"),
]
OTHERS = {
    "Range": [
        "bytes=0-1",
        "bytes=-1",
        "bytes=5-2",
        "bytes=0-,1-,2-",
        "rows=1-2",
        "bytes=99999999999999999999-",
        "bytes=",
    ],
    "If-Range": ['"x"', "yesterday", ""],
    "If-None-Match": ["*", '"x"', "W/", '"', '"a", , "b"', "x" * 3000],
    "If-Match": ["*", '"x"', '"'],
    "If-Modified-Since": ["yesterday", "Thu, 99 Foo 99999 99:99:99 GMT", "0", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "Accept-Encoding": ["gzip", "gzip;q=0, *;q=0", "identity;q=0", "gzip;q=x", "br", "\xff", ","],
    "Accept-Language": ["*", "en;q=x", "\xff", "x" * 1000],
    "Accept-Charset": ["utf-16", "*;q=0"],
    "Content-Encoding": ["gzip", "deflate", "br", "none", "gzip, gzip"],
    "Authorization": [
        "Bearer",
        "Bearer x",
        "Basic",
        "Basic !!!",
        "Basic 8J+YgA==",
        "\xff",
        "Bearer " + "x" * 5000,
        "Digest x",
    ],
    "Origin": ["null", "http://evil.example", "\xff", ""],
    "Access-Control-Request-Method": ["DELETE", ""],
    "Host": ["", "x y", "[::1", "a,b", "\xff", "evil.example:99999", "<script>", "x" * 300],
    "X-Forwarded-For": ["127.0.0.1", "<script>", "\xff", "::1, x"],
    "X-Forwarded-Proto": ["javascript", ""],
    "X-Forwarded-Host": ["evil.example", "<script>"],
    "Forwarded": ["for=;by=", 'for="', "host=evil.example"],
    "Cookie": ["a=b", "=", "\xff", "x" * 5000],
    "Referer": ["javascript:alert(1)", "\xff"],
    "Expect": ["100-continue", "200-ok"],
    "Connection": ["keep-alive", "upgrade", "close, x"],
    "Upgrade": ["websocket", "h2c"],
    "Content-Length": ["-1", "x", "0", "3", "99999999999", "1, 2", "+5", "0x5", ""],
    "Transfer-Encoding": ["chunked", "gzip", "chunked, chunked", "identity", "x"],
    "Mcp-Session-Id": ["x", "\xff"],
    "X Y": ["a header whose name has a space"],
    "Long": ["x" * 20_000, "x" * 300_000],
}
# Where a request that carries one of these ends is a matter of opinion.
_UNSURE = {"Content-Length", "Transfer-Encoding", "Expect", "X Y", "Long"}


def _encode(text: str) -> str:
    return "".join(
        sign
        if sign.isalnum() and sign.isascii()
        else "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace"))
        for sign in text
    )


def draw_fields(random: Random) -> str:
    """Draw the text of a form or of a query string, sound or broken."""
    parts = [f"{_encode(random.choice(FIELDS))}={_encode(random.choice(VALUES))}" for _ in range(random.randrange(5))]
    if random.random() < 0.25:
        parts.append(random.choice(BROKEN_CODES))
    if parts and random.random() < 0.2:
        parts.append(parts[0])  # the same twice
    return "&".join(parts)


def draw_body(random: Random) -> bytes:
    """Draw the body of a request."""
    value = random.choice(VALUES).encode("utf-8", "replace")
    part = b'--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n' + value
    return random.choice(
        [
            b"",
            b"",
            draw_fields(random).encode("latin-1", "replace"),
            random.randbytes(random.randrange(60)),
            value,
            value.decode("utf-8", "replace").encode("utf-16"),
            part + random.choice([b"\r\n--x--\r\n", b"\r\n--x", b"", b"\r\n--x\r\n\r\n--x--"]),
        ]
    )


def draw_request(number: int) -> Raw:
    """Return the malformed request of this number: always the same, wrong in up to a few ways."""
    random = Random(number)  # noqa: S311  # it keeps no secret
    method = random.choice(METHODS[:5] * 8 + METHODS)
    path, query, body = random.choice(PATHS), draw_fields(random), draw_body(random)
    version = "HTTP/1.1"
    if random.random() < 0.05:
        version = random.choice(["HTTP/1.0", "HTTP/0.9", "HTTP/9.9", "HTTP/", "", "HTTP/1.1 x"])
    names = random.sample(sorted(OTHERS.keys() - _UNSURE), random.randrange(4))
    names += [random.choice(sorted(_UNSURE))] if random.random() < 0.1 else []
    lines = [f"{name}: {random.choice(OTHERS[name])}" for name in names]
    lines += [f"Content-Type: {random.choice(TYPES)}"] if body or random.random() < 0.2 else []
    lines += [f"Accept: {random.choice(ACCEPTS)}"] if random.random() < 0.5 else []
    lines += ["Host: x"] if "Host" not in names and random.random() < 0.9 else []
    random.shuffle(lines)
    head = f"{method} {path}{'?' if query else ''}{query} {version}\r\n" + "".join(f"{line}\r\n" for line in lines)
    framing, ends = _frame("length" if random.random() < 0.8 else random.choice(FRAMINGS), body)
    end = random.choice([b"\n\n", b"\r\n", b""]) if random.random() < 0.05 else b"\r\n\r\n"
    sent = (head + "Connection: close").encode("utf-8", "surrogatepass") + framing.replace(b"\r\n\r\n", end, 1)
    sure = version == "HTTP/1.1" and not _UNSURE & set(names) and method not in ("", "G\0T", "é")
    return Raw(sent, ends and sure and end == b"\r\n\r\n")


FRAMINGS = ["chunks", "broken chunks", "too long", "none"]


def _frame(how: str, body: bytes) -> tuple[bytes, bool]:
    """Return the rest of a head and the body; whether a server can tell where it ends."""
    if how == "length":
        return b"\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body), True
    if how == "chunks":
        return b"\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n%b" % (
            len(body),
            body,
            b"0\r\n\r\n" if body else b"\r\n",
        ), True
    if how == "broken chunks":
        return b"\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n%b\r\n-1\r\n" % body, False
    if how == "too long":
        return b"\r\nContent-Length: %d\r\n\r\n%b" % (len(body) + 10, body), False
    return b"\r\n\r\n" + body, False


def exchange(host: str, port: int, sent: bytes, patience: float = PATIENCE) -> bytes:
    """Send bytes and return the answer, or what there is of it if nothing comes for so many seconds to begin with."""
    received = b""
    with socket.create_connection((host, port), timeout=PATIENCE) as connection:
        try:
            connection.sendall(sent)
            connection.settimeout(patience)
            while not _is_whole(received, sent.startswith(b"HEAD ")) and (block := connection.recv(65536)):
                received += block
                # Told to go on, a client that has nothing more to send may be waited for (waitress does).
                connection.settimeout(patience if received.endswith(b" Continue\r\n\r\n") else PATIENCE)
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass  # it may hang up on us, and need not answer what has no end
    return received


def _is_whole(received: bytes, to_head: bool) -> bool:
    """Tell whether an answer has come to its end by its own account."""
    head, found, body = received.partition(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 100"):
        return _is_whole(body, to_head)
    if not found:
        return False
    if to_head or re.match(rb"HTTP/1.1 (204|304) ", head):
        return True
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")


def put(host: str, port: int, request: Raw) -> tuple[str, str | None]:
    """Send a request; return the status, "" for none, and what is wrong with the answer, None if nothing is."""
    received = exchange(host, port, request.sent, PATIENCE if request.ends else IMPATIENCE)
    while received.startswith(b"HTTP/1.1 100"):
        received = received.partition(b"\r\n\r\n")[2]
    if not received:
        return "", "no answer" if request.ends else None
    if not (match := re.match(rb"HTTP/1\.[01] (\d{3}) ", received)):
        return "", "not HTTP"
    return match[1].decode(), judge(int(match[1]), received, request)


def judge(status: int, received: bytes, request: Raw) -> str | None:
    """Return what is wrong with an answer, None if nothing is."""
    if status < 500 or (status == 501 and b"ransfer-" in request.sent) or (status == 505 and not request.ends):
        return None
    head, _, body = received.partition(b"\r\n\r\n")
    if status == 503 and b"application/problem+json" in head:
        if request.sent.startswith(b"HEAD"):
            return None
        try:
            return None if json.loads(body)["detail"] else "503 without a reason"
        except (ValueError, KeyError):
            return "503 with a body that is no problem document"
    return f"{status}"


def is_well(host: str, port: int) -> bool:
    """Tell whether the service still answers an honest question."""
    return exchange(host, port, PROBE).startswith(b"HTTP/1.1 200")


def main() -> int:
    """Send requests to a service, one of our own unless told otherwise; return 1 if one was answered wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=10_000, help="how many (%(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first (%(default)s)")
    parser.add_argument("--address", help="of a service that may be disturbed; one is started if none is given")
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + asked.number)
    if asked.address:
        place = urlsplit(asked.address)
        return report(place.hostname or "", place.port or 80, numbers)
    with serve_hostile_data() as served:
        return report(served.host, served.port, numbers)


def report(host: str, port: int, numbers: range) -> int:
    """Send requests and print what was wrong; return 1 if something was."""
    faults: dict[str, list[int]] = {}
    statuses = Counter[str]()
    for number in numbers:
        request = draw_request(number)
        status, fault = put(host, port, request)
        statuses[status] += 1
        if number % 50 == 0 and not is_well(host, port):
            fault = "an honest question was not answered after this"
        if fault is not None:
            faults.setdefault(fault, []).append(number)
    well = is_well(host, port)
    print(f"{len(numbers):,} requests; statuses: {dict(statuses.most_common())}")
    for fault, found in faults.items():
        print(f"\n{fault}: {len(found)}")
        for number in found[:5]:
            print(f"    {number}: {draw_request(number).sent[:600]!r}")
    print(f"{sum(map(len, faults.values()))} answered wrongly; an honest question is {'' if well else 'not '}answered.")
    return 1 if faults or not well else 0


if __name__ == "__main__":
    sys.exit(main())
