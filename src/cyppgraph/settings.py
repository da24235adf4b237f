"""How the service is to run. In: options of a command line, environment variables. Out: one set of settings.

Each setting has one name: ``rate_per_minute`` is ``--rate-per-minute`` and ``CYPPGRAPH_RATE_PER_MINUTE``; the option
goes before the variable. Refuses values that are none, settings that contradict each other, and variables of ours that
there are not (a limit that is misspelt is no limit): all of them at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.where import Where

PREFIX = "CYPPGRAPH_"
_UNITS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
_SHORTEST_TOKEN = 16
# Read where they are needed, from the environment alone: a command line is seen by all.
_SECRETS = [f"{PREFIX}{whose}_{what}" for whose in ("STORE", "PUSH") for what in ("TOKEN", "USER", "PASSWORD")]


def _setting(default: str | None, meaning: str, expected: str, read: Callable[[str], Any]) -> Any:
    """Declare a setting: its default as one would write it, what it means, what is expected, how a text is read.

    What is not as expected is refused by ``read`` with a ValueError.
    """
    value = None if default is None else read(default)
    return field(default=value, metadata={"default": default, "meaning": meaning, "expected": expected, "read": read})


def _whole(least: int, most: int = 2**53) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not least <= (value := int(text)) <= most:
            raise ValueError(text)
        return value

    return read


def _number(text: str) -> float:
    if not 0 < (value := float(text)) <= 2**31:  # neither infinite nor NaN
        raise ValueError(text)
    return value


def _number_or_zero(text: str) -> float:
    return 0.0 if float(text) == 0 else _number(text)


def _size(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        found = re.fullmatch(r"([0-9]+) ?([KMG]iB)", text)  # not without its unit: nobody remembers which is meant
        if found is None or (value := int(found[1]) * _UNITS[found[2]]) < least:
            raise ValueError(text)
        return value

    return read


def _truth(text: str) -> bool:
    if (value := _TRUTHS.get(text.lower())) is None:
        raise ValueError(text)
    return value


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise ValueError(text)
    return Path(text)


def _file(text: str) -> Path:
    if not Path(text).is_file():
        raise ValueError(text)
    return Path(text)


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):  # no password: this is logged and shown
        raise ValueError(text)
    return text


def _base(text: str) -> str:
    try:
        return Namespaces(text).base
    except CyppgraphError as error:
        raise ValueError(text) from error


def _origin(text: str) -> str:
    if urlsplit(_web_address(text)).path not in ("", "/"):
        raise ValueError(text)
    return text.rstrip("/")


_SIZE = "a size with its unit, KiB, MiB or GiB, of {} or more"
_COUNT = "a whole number, {} or more"
_FLAG = "yes or no"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the service; what each means is said beside it, and in docs/running.md."""

    host: str = _setting("127.0.0.1", "The address to listen on; 0.0.0.0 for all.", "an address", str)
    port: int = _setting("8000", "The port; 0 for any that is free.", "a port, 0 to 65535", _whole(0, 65535))
    root: Path | None = _setting(
        None, "The folder with ontology and data; else found from the working folder.", "a folder", _folder
    )
    data: Path | None = _setting(
        None, "The folder of built Turtle files; else data/ttl below the root.", "a folder", _folder
    )
    snapshots: Path | None = _setting(
        None, "The folder for versions of the data on disk; else build/snapshots below the root.", "a folder name", Path
    )
    base: str = _setting(DEFAULT_BASE, "What the IRIs of terms and data begin with.", "an absolute IRI", _base)
    served_as: str | None = _setting(
        None,
        "The address under which the public sees the service; else as each request says.",
        "http:// or https:// and a host, without a path",
        _origin,
    )
    store_url: str | None = _setting(
        None,
        "A SPARQL server to ask in place of the embedded store.",
        "an address that begins with http:// or https://, without a password",
        _web_address,
    )
    store_update_url: str | None = _setting(
        None,
        "Where that server takes updates, if changes are to go to it.",
        "an address that begins with http:// or https://, without a password",
        _web_address,
    )
    store_graph_url: str | None = _setting(
        None,
        "Where that server takes graphs (Graph Store Protocol); else they are sent as updates.",
        "an address that begins with http:// or https://, without a password",
        _web_address,
    )
    store_union: bool = _setting(
        "yes", "Ask all graphs of that server as one; else what it takes for its default graph.", _FLAG, _truth
    )
    token_file: Path | None = _setting(
        None, "A file whose one line is the token for changing data; else nothing is changed.", "a file", _file
    )
    time_limit: float = _setting("30", "How many seconds one query may take.", "a number of seconds above 0", _number)
    memory_limit: int = _setting(
        "1GiB", "How much memory one query may take (embedded store).", _SIZE.format("16MiB"), _size(2**24)
    )
    row_limit: int = _setting("1000000", "How many rows or triples an answer may have.", _COUNT.format(1), _whole(1))
    size_limit: int = _setting("256MiB", "How large an answer may be.", _SIZE.format("1KiB"), _size(2**10))
    workers: int = _setting("4", "How many queries are answered at once.", _COUNT.format(1), _whole(1, 1000))
    queue: int = _setting("16", "How many more queries may wait for that.", _COUNT.format(0), _whole(0, 10_000))
    threads: int = _setting(
        "32", "How many requests are held open at once, slow readers included.", _COUNT.format(1), _whole(1, 10_000)
    )
    rate_per_minute: float = _setting(
        "240", "How many requests a minute one client may make; 0 for any.", "a number, 0 or more", _number_or_zero
    )
    burst: int = _setting("120", "How many of these may come at once.", _COUNT.format(1), _whole(1))
    concurrency: int = _setting(
        "4", "How many requests of one client are answered at once; 0 for any.", _COUNT.format(0), _whole(0)
    )
    trusted_proxies: int = _setting(
        "0", "How many proxies stand before the service and say who asks.", "a whole number, 0 to 10", _whole(0, 10)
    )
    access_log: str | None = _setting(
        None, "The file for a line of JSON about each request; - for stderr; else none.", "a file name or -", str
    )
    log_addresses: bool = _setting("no", "Write addresses of clients in full, not their networks.", _FLAG, _truth)
    log_queries: bool = _setting("no", "Write the text of queries, not their checksums alone.", _FLAG, _truth)
    metrics: str = _setting(
        "local",
        "Who may read /metrics: anyone, this machine alone, or nobody.",
        "public, local or off",
        _one_of("public", "local", "off"),
    )


def list_settings() -> tuple[Field[Any], ...]:
    """Return the settings in order; each has a name, a default, and ``metadata`` with its meaning."""
    return fields(Settings)


def name_variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def name_option(name: str) -> str:
    """Return the option of a setting."""
    return "--" + name.replace("_", "-")


def read_settings(
    options: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings.

    Args:
        options: what the command line gives, by the names of the settings; None is as if it were not given.
        environment: variables by name; None for those of this process. One that is empty is as if it were not set.

    Raises:
        FaultyInputError: with each fault: the option or variable, what was found, what is expected.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    faults = _find_strangers(environment)
    for each in list_settings():
        given = (options or {}).get(each.name)
        where = name_variable(each.name) if given is None else name_option(each.name)
        text = environment.get(where, "") if given is None else str(given)
        if given is None and not text.strip():
            continue
        try:
            values[each.name] = each.metadata["read"](text.strip())
        except ValueError:
            faults.append(Fault(Where(where), f"found {text!r}, expected {each.metadata['expected']}."))
    if not faults:
        faults = _find_contradictions(settings := Settings(**values))
    if faults:
        raise FaultyInputError(faults)
    return settings


def read_token(settings: Settings) -> str | None:
    """Return the token for changing data; None where there is none.

    Raises:
        FaultyInputError: the file cannot be read, or what it holds is too short to be a secret.
    """
    path = settings.token_file
    if path is None:
        return None
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not ASCII" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise FaultyInputError([Fault(Where(str(path)), f"the token cannot be read: {reason}.")]) from error
    if len(token) < _SHORTEST_TOKEN or len(token.split()) != 1:
        message = (
            f"found {len(token)} characters, expected a token of {_SHORTEST_TOKEN} or more in one line, no spaces."
        )
        raise FaultyInputError([Fault(Where(str(path)), message)])
    return token


def _find_strangers(environment: Mapping[str, str]) -> list[Fault]:
    known = [*(name_variable(each.name) for each in list_settings()), *_SECRETS]
    faults = []
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else "docs/running.md lists them all."
            faults.append(Fault(Where(name), f"there is no such setting; {hint}"))
    return faults


def _find_contradictions(settings: Settings) -> list[Fault]:
    faults = []
    needed = settings.workers + settings.queue + 2
    if settings.threads < needed:
        message = (
            f"found {settings.threads}, expected {needed} or more: one for each of {settings.workers} workers and "
            f"{settings.queue} in the queue, and two to answer for health meanwhile."
        )
        faults.append(Fault(Where(_name_both("threads")), message))
    for name in ("store_update_url", "store_graph_url"):
        if settings.store_url is None and getattr(settings, name) is not None:
            faults.append(Fault(Where(_name_both(name)), "found without --store-url, expected beside it."))
    if settings.data is not None and settings.store_url is not None:
        message = f"found {settings.data} beside --store-url, expected one of them: the data are in that store."
        faults.append(Fault(Where(_name_both("data")), message))
    return faults


def _name_both(name: str) -> str:
    return f"{name_option(name)} ({name_variable(name)})"
