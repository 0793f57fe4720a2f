"""The shop as one process on embedded storage, compared with baselines."""
import statistics
import subprocess
import tempfile

from .load import BUYERS, journey, orders, requests_a_second, stock_up
from .servers import SETTINGS, free_port, get, megabytes, running, say

PRODUCT = "/api/v1/products/stoneware-mug"


def shop(binary, data, port, *arguments, operations=None, environment=None):
    command = [binary / "magpie", "up", "--data", data, "--port", str(port), *arguments]
    settings = {**SETTINGS, "MAGPIE_OPS_PORT": str(operations or free_port()), **(environment or {})}
    return running(command, f"http://127.0.0.1:{port}/", settings)


def commits_a_second(binary, folder, seconds):
    with tempfile.TemporaryDirectory(dir=folder) as place:
        command = [binary / "magpie-baselines", "durable-commits", "--seconds", str(seconds), place]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(binary, folder, quick):
    figures = {}
    rounds, seconds = (1, 3) if quick else (5, 6)
    data, port = folder / "data", free_port()
    base = f"http://127.0.0.1:{port}"

    say("filling a new shop with the demo catalogue …")
    with shop(binary, data, port, "--demo"):
        stock_up(binary, {"MAGPIE_DATA": str(data)}, base)

    say("starting on existing data …")
    starts = []
    for _ in range(rounds):
        with shop(binary, data, port) as (_, duration):
            starts.append(duration)
    figures["start"] = statistics.median(starts)

    with shop(binary, data, port) as (process, _):
        figures["memory_idle"] = megabytes(process.pid)
        say("the journey, arriving at a fixed rate …")
        figures["journey"] = journey(base, folder, quick)
        figures["memory"] = megabytes(process.pid)
        say("orders one after the other, beside durable commits …")
        pairs = []
        for _ in range(min(rounds, 3)):
            commits = commits_a_second(binary, folder, 3)
            pairs.append((commits, *(orders(base, folder, seconds, buyers)["rate"] for buyers in BUYERS)))
        figures["commits"], *rates = map(statistics.median, zip(*pairs))
        figures["orders"] = dict(zip(BUYERS, rates))
        figures["orders_ratio"] = statistics.median(pair[-1] / pair[0] for pair in pairs)

        say("product detail beside a bare route …")
        body, bare_port = folder / "product.json", free_port()
        body.write_bytes(get(base + PRODUCT))
        bare = f"http://127.0.0.1:{bare_port}/"
        command = [binary / "magpie-baselines", "bare-route", "--port", str(bare_port), body]
        with running(command, bare, {"LOG_LEVEL": "warning"}):
            assert get(bare) == body.read_bytes()
            pairs = [(requests_a_second(base + PRODUCT, seconds), requests_a_second(bare, seconds))
                     for _ in range(rounds)]
        figures["product"], figures["bare"] = map(statistics.median, zip(*pairs))
        figures["ratio"] = statistics.median(ours / theirs for ours, theirs in pairs)
        figures["bytes"] = body.stat().st_size
        figures["home"] = requests_a_second(base + "/", seconds)
        figures["memory_after_all"] = megabytes(process.pid)
    return figures
