"""Server processes, and plain requests to them."""
import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Settings of every shop: load comes from one address, and a log of every request is not needed.
SETTINGS = {"MAGPIE_RATE_LIMIT": "off", "MAGPIE_TEST_PAYMENTS": "on", "MAGPIE_LOG_LEVEL": "warning"}


def say(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


def call(url, method, body, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def first_answer(url, process, begun):
    """Seconds from `begun` until the address answers."""
    while True:
        try:
            get(url)
            return time.monotonic() - begun
        except OSError:
            if process.poll() is not None:
                sys.exit("a server ended at once")
            if time.monotonic() - begun > 120:
                sys.exit("a server did not answer within two minutes")
            time.sleep(0.005)


@contextlib.contextmanager
def running(command, url, environment=None):
    """A server process, once it answers; yields it and the seconds that took."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    try:
        yield process, first_answer(url, process, begun)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=120)


def megabytes(pid):
    """The process's resident memory, in MiB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)[1]) / 1024
