"""What telemetry costs: two shops of one build, one with all of it, in turn under the same load."""
import contextlib
import http.server
import os
import threading
import time
import urllib.request

from .load import journey, orders, stock_up
from .one_process import shop
from .servers import free_port, say

TICKS = os.sysconf("SC_CLK_TCK")


class Sink(http.server.BaseHTTPRequestHandler):
    """Takes every export."""
    protocol_version = "HTTP/1.1"
    bytes = 0

    def do_POST(self):
        Sink.bytes += len(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def sink():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def scrape(port, ended):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/metrics", headers={"Accept": "application/openmetrics-text;version=1.0.0"})
    while not ended.wait(15):
        urllib.request.urlopen(request, timeout=10).read()


def cpu(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure(binary, folder, pairs):
    """For each kind of load the ratios of CPU, with to without, pair by pair; and the bytes of one order's traces and logs."""
    ended = threading.Event()
    with sink() as address, contextlib.ExitStack() as stack:
        settings = {
            "off": {},
            "on": {"MAGPIE_LOG_LEVEL": "info", "OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_LOGS_EXPORTER": "otlp"},
        }
        shops = {}
        for name, environment in settings.items():
            port, operations, place = free_port(), free_port(), folder / name
            place.mkdir()
            base, data = f"http://127.0.0.1:{port}", place / "data"
            say(f"filling a shop with telemetry {name} …")
            with shop(binary, data, port, "--demo"):
                stock_up(binary, {"MAGPIE_DATA": str(data)}, base)
            process, _ = stack.enter_context(
                shop(binary, data, port, operations=operations, environment=environment))
            shops[name] = (process.pid, base, place)
            if name == "on":
                threading.Thread(target=scrape, args=(operations, ended), daemon=True).start()
            orders(base, place, 2, 4)
        ratios = {"orders": [], "journey": []}
        size = 0
        for number in range(pairs):
            for kind in ratios:
                say(f"{kind}, pair {number + 1} of {pairs} …")
                costs = {}
                for name in (("on", "off"), ("off", "on"))[number % 2]:
                    pid, base, place = shops[name]
                    before, sent = cpu(pid), Sink.bytes
                    if kind == "orders":
                        count = orders(base, place, 4, 4)["count"]
                    else:
                        count = journey(base, place, True)["iterations"]["count"]
                    costs[name] = (cpu(pid) - before) / count
                    if name == "on" and kind == "orders":
                        time.sleep(6)
                        size = (Sink.bytes - sent) / count
                ratios[kind].append(costs["on"] / costs["off"])
        ended.set()
    return ratios, size
