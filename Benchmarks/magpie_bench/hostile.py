"""Expensive bodies, kept in flight by one client, and their effect on another client."""
import contextlib
import http.client
import json
import math
import multiprocessing
import os
import random
import socket
import threading
import time

from .one_process import shop
from .servers import free_port, get, megabytes, say

IN_FLIGHT = 100
STALLED = 500
# Another client network than that of the customer.
ATTACKER = "127.0.0.2"
SIZE = 1_048_576
# The fewest samples for a 99 % quantile.
REQUESTS = 600


def numbers(size):
    return b"[" + b"1," * (size // 2 - 2) + b"1]"


def announced(path, kind, body):
    head = f"POST {path} HTTP/1.1\r\nHost: shop\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def chunked(path, kind, body):
    head = f"POST {path} HTTP/1.1\r\nHost: shop\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head.encode() + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


JSON, FORM = "application/json", "application/x-www-form-urlencoded"
BODIES = {
    "1 MiB of numbers to carts": announced("/api/v1/carts", JSON, numbers(SIZE)),
    "the same in chunks": chunked("/api/v1/carts", JSON, numbers(SIZE)),
    "16 KB of numbers to carts": announced("/api/v1/carts", JSON, numbers(16_000)),
    "half a MiB of numbers to events": announced("/api/v1/events", JSON, numbers(SIZE // 2)),
    "half a MiB of text to events": announced(
        "/api/v1/events", JSON, b'{"events":[{"type":"%s"}]}' % (b"x" * (SIZE // 2 - 100))),
    "1 MiB of a form": announced("/account/login", FORM, b"a=1&" * (SIZE // 4)),
    "16 KB of a form": announced("/account/login", FORM, b"a=1&" * 4_000),
}
# All but the last byte arrives.
STALLING = {
    "stalled bodies of carts": announced("/api/v1/carts", JSON, numbers(16_384))[:-1],
    "stalled bodies of events": announced("/api/v1/events", JSON, numbers(SIZE // 2))[:-1],
    "stalled bodies of 1 MiB": announced("/api/v1/events", JSON, numbers(SIZE))[:-1],
}


class Sender:
    """One connection of the attacker's, which takes a second to send its request."""

    def __init__(self, port, request):
        self.request, self.sent, self.status = request, 0, None
        self.begun = time.monotonic() + random.random()
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.bind((ATTACKER, 0))
        self.socket.connect_ex(("127.0.0.1", port))

    def go_on(self):
        """Sends the next part and checks for a response; false once all is answered, or the server has closed."""
        due = min(len(self.request), int(len(self.request) * (time.monotonic() - self.begun)))
        try:
            if due > self.sent:
                self.sent += self.socket.send(self.request[self.sent:due])
        except BlockingIOError:
            pass
        except OSError:
            return False
        try:
            answer = self.socket.recv(4_096)
            if not answer:
                return False
            self.status = self.status or answer.split(b" ", 2)[1].decode()
        except BlockingIOError:
            pass
        except OSError:
            return False
        return self.status is None or self.sent < len(self.request)


def attack(port, request, connections, again, stop, answers):
    """Keeps so many requests in flight until it is stopped; records the statuses of responses. Each is sent to its
    end, whatever the response."""
    os.nice(19)  # The load must not delay the measurement.
    seen, senders = {}, [Sender(port, request) for _ in range(connections)]
    while not stop.wait(0.02):
        for sender in [sender for sender in senders if not sender.go_on()]:
            status = sender.status or "closed"
            seen[status] = seen.get(status, 0) + 1
            sender.socket.close()
            senders.remove(sender)
            if again:
                senders.append(Sender(port, request))
    answers.put(seen)


def latencies(port, count, until=None):
    """Milliseconds of a customer's requests, one after the other on one connection; sorted."""
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    end = time.monotonic() + 60
    requests = [("GET", "/api/v1/products/stoneware-mug", None), ("POST", "/api/v1/carts", "{}"),
                ("GET", "/api/v1/products?limit=20", None)]
    while (len(times) < count or (until and time.monotonic() < until)) and time.monotonic() < end:
        method, path, body = requests[len(times) % len(requests)]
        begun = time.monotonic()
        connection.request(method, path, body, {"Content-Type": JSON} if body else {})
        answer = connection.getresponse()
        answer.read()
        times.append((time.monotonic() - begun) * 1_000)
        assert answer.status < 300, answer.status
    connection.close()
    return sorted(times)


def p99(times):
    return times[math.ceil(len(times) * 0.99) - 1]


@contextlib.contextmanager
def attacked(port, request, connections, again):
    """Yields a dictionary that holds the statuses of the answers once the attack is over."""
    stop, answers, seen = multiprocessing.Event(), multiprocessing.SimpleQueue(), {}
    process = multiprocessing.Process(target=attack, args=(port, request, connections, again, stop, answers))
    process.start()
    try:
        yield seen
    finally:
        stop.set()
        seen.update(answers.get())
        process.join()


@contextlib.contextmanager
def watched(pid, operations):
    """Yields the peak of memory and the slowest liveness response in milliseconds."""
    seen, over = {"memory": 0.0, "liveness": 0.0}, threading.Event()

    def watch():
        while not over.wait(0.05):
            begun = time.monotonic()
            try:
                get(f"http://127.0.0.1:{operations}/livez")
                seen["liveness"] = max(seen["liveness"], (time.monotonic() - begun) * 1_000)
            except OSError:
                seen["liveness"] = math.inf
            seen["memory"] = max(seen["memory"], megabytes(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def settled(pid, goal):
    """The memory once it is back at the goal, or after 20 seconds."""
    until = time.monotonic() + 20
    while megabytes(pid) > goal and time.monotonic() < until:
        time.sleep(0.2)
    return megabytes(pid)


def measure(binary, folder, only=None):
    """One row for each kind of body."""
    rows, port, operations = [], free_port(), free_port()
    with shop(binary, folder / "data", port, "--demo", operations=operations) as (process, _):
        latencies(port, REQUESTS)
        idle_memory = megabytes(process.pid)
        for name, request in {**BODIES, **STALLING}.items():
            if only and only not in name:
                continue
            say(f"{name} …")
            stalls = name in STALLING
            quiet = latencies(port, REQUESTS)
            with watched(process.pid, operations) as seen:
                with attacked(port, request, STALLED if stalls else IN_FLIGHT, not stalls) as answers:
                    time.sleep(2)
                    busy = p99(latencies(port, REQUESTS, time.monotonic() + (12 if stalls else 5)))
            after = settled(process.pid, idle_memory * 1.2)
            # Before and after, because other load of the machine changes from minute to minute.
            idle = p99(sorted(quiet + latencies(port, REQUESTS)))
            rows.append({
                "name": name, "stalls": stalls, "idle": idle, "busy": busy, "ratio": busy / idle,
                "liveness": seen["liveness"], "memory": seen["memory"], "after": after, "answers": answers})
            say(json.dumps(rows[-1]))
    return idle_memory, rows
