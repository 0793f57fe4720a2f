"""The shop as eleven processes on PostgreSQL, Redis and Kafka, compared with pgbench at the same row writes."""
import contextlib
import json
import os
import statistics
import subprocess
import sys

from .load import BUYERS, journey, orders, stock_up
from .row_writes import FIGURES_TOLD, Database, RowWrites, differences, each
from .servers import ROOT, SETTINGS, free_port, megabytes, running, say


@contextlib.contextmanager
def engines():
    """PostgreSQL, Redis and a Kafka broker; yields the variables that name them."""
    scripts = [ROOT / "scripts" / name for name in ("with-postgres", "with-redis", "with-kafka")]
    # They stop in order when the command ends, at the end of its input: also when this process is killed.
    command = "env | grep '^MAGPIE_TEST_'; echo; exec cat"
    process = subprocess.Popen(
        [*scripts, "sh", "-c", command], env={**os.environ, "MAGPIE_TEST_POSTGRES_FSYNC": "on"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        places = {}
        for line in process.stdout:
            if line == "\n":
                break
            name, value = line.rstrip("\n").split("=", 1)
            places[name] = value
        else:
            sys.exit("the engines do not start")
        yield places
    finally:
        process.stdin.close()
        process.wait(timeout=60)


@contextlib.contextmanager
def cluster(binary, data, port):
    """Every service in a process of its own; yields the environment they have in common."""
    with engines() as places:
        command = [ROOT / "scripts/cluster", "--demo", "--data", data, "--port", str(port), "--binary",
                   binary / "magpie"]
        with running(command, f"http://127.0.0.1:{port}/", {**places, **SETTINGS}):
            yield json.loads((data / "cluster.json").read_text())


def memory(data):
    return sum(megabytes(place["pid"]) for place in json.loads((data / "processes.json").read_text()))


def measure(binary, folder, quick):
    figures = {}
    rounds, seconds = (1, 3) if quick else (3, 6)
    data, port = folder / "cluster", free_port()
    base = f"http://127.0.0.1:{port}"

    say("starting a cluster with the demo catalogue …")
    with cluster(binary, data, port) as environment:
        stock_up(binary, environment, base)
        database = Database(environment["MAGPIE_DATABASE_URL"])
        figures["fsync"] = database.value("SHOW fsync")
        figures["commit"] = database.value("SHOW synchronous_commit")
        database.wait_for_consumers()
        figures["memory_idle"] = memory(data)

        say("the journey through the cluster …")
        figures["journey"] = journey(base, folder, quick)
        figures["memory"] = memory(data)
        database.wait_for_consumers()

        say("counting the rows that an order writes …")
        before = database.written(quiet_for=FIGURES_TOLD)
        placed = orders(base, folder, seconds, buyers=1)["count"]
        database.wait_for_consumers()
        ours = each(placed, before, database.written(quiet_for=FIGURES_TOLD))
        baseline = RowWrites(database)
        theirs = baseline.for_each_order()
        figures["rows"], figures["transactions"] = sum(theirs.values()), baseline.transactions
        if faults := differences(ours, theirs):
            sys.exit("Benchmarks/order-rows.sql does not write what an order writes:\n" + "\n".join(faults))

        say("orders one after the other, beside pgbench at the same row writes …")
        pairs = {buyers: [] for buyers in BUYERS}
        late = []
        for _ in range(rounds):
            for buyers in BUYERS:
                rate = orders(base, folder, seconds, buyers)["rate"]
                late.append(database.wait_for_consumers())
                pairs[buyers].append((rate, baseline.orders_a_second(buyers, seconds)))
        figures["late"] = max(late)
        figures["orders"] = {buyers: statistics.median(pair[0] for pair in pairs[buyers]) for buyers in BUYERS}
        figures["pgbench"] = {buyers: statistics.median(pair[1] for pair in pairs[buyers]) for buyers in BUYERS}
        figures["ratio"] = {
            buyers: statistics.median(ours / theirs for ours, theirs in pairs[buyers]) for buyers in BUYERS}
    return figures
