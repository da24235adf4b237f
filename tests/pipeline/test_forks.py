"""Processes that help a build end with it, even when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

POOL = """
import multiprocessing, os
from concurrent.futures import ProcessPoolExecutor
from cyppgraph.pipeline.forks import end_with
fork = multiprocessing.get_context("fork")
with ProcessPoolExecutor(1, mp_context=fork, initializer=end_with, initargs=(os.getpid(),)) as pool:
    print(pool.submit(os.getpid).result(), flush=True)
    input()
"""


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="processes are looked up in /proc")
def test_a_pool_ends_with_a_process_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", POOL], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        forked = Path("/proc") / process.stdout.readline().decode().strip()
        if not forked.is_dir():
            process.kill()
            raise AssertionError(f"{forked} is not there")
        os.kill(process.pid, signal.SIGKILL)
        until = time.monotonic() + 30
        while forked.is_dir():
            assert time.monotonic() < until
            time.sleep(0.05)
