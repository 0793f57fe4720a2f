"""The text of docs/benchmarks.md."""
import os
import pathlib
import platform
import re
import subprocess
import textwrap
import time

from .load import RATE

GOALS = {"ratio": 0.5, "memory": 120.0, "start": 1.0}


def goals_held(shop):
    return (shop["ratio"] >= GOALS["ratio"] and shop["memory"] <= GOALS["memory"] and shop["start"] <= GOALS["start"])


def verdict(holds):
    return "held" if holds else "**missed**"


def times(figures, metric):
    values = figures["journey"][metric]
    return f"{values['med']:.0f} ms, {values['p(95)']:.0f} ms, {values['p(99)']:.0f} ms"


def beside_pgbench(cluster):
    waits = "wait" if cluster["fsync"] == "on" and cluster["commit"] == "on" else "do not wait"
    return textwrap.fill(" ".join(f"""
        pgbench runs [order-rows.sql](../Benchmarks/order-rows.sql) in a copy of the shop's database on the same server,
        in turn with the cluster. In both, commits {waits} for the disk (fsync {cluster['fsync']}, synchronous_commit
        {cluster['commit']}). For each order it writes the {cluster['rows']:.0f} rows of all services with prepared
        statements, in {cluster['transactions']} transactions one after the other: checkout, stock, payment, order,
        outbox, mail, reports and audit records. Every run counts what a real order writes and refuses the script when
        a table differs. The row that an outbox relay writes once a batch is left out. pgbench reads almost nothing
        and has no HTTP, no gRPC, no Redis and no Kafka; the cluster idles meanwhile. k6 shares the cores with the
        cluster. An order counts for the cluster when its buyer has the response: mail, reports and audit records were
        done {cluster['late']:.1f} s after the last order at the latest. For pgbench it counts when all is written.
        """.split()), width=120, break_on_hyphens=False)


def report(shop, cluster):
    """`shop` is the one process's figures, `cluster` those of many."""
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    system = next((line.split("=")[1].strip().strip('"') for line in open("/etc/os-release")
                   if line.startswith("PRETTY_NAME")), platform.system())
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.split("(")[0].strip()

    return f"""# Benchmarks

What `make bench` printed on {time.strftime('%Y-%m-%d')}, on {os.cpu_count()} cores
({cpu[1] if cpu else platform.machine()}), {system}, {swift}, release build. Load generators (wrk, k6) and shop share
the cores, so a single figure says little about another machine; the ratios are medians of pairs that alternate in one
run. One process is `magpie up` on embedded storage. The cluster is `scripts/cluster`: eleven processes, one of each
service, on PostgreSQL, Redis and Kafka, behind nginx, all on this machine. Both have the demo catalogue, and rate
limits off.

| goal | figure | |
|---|---|---|
| product detail through the gateway ≥ {GOALS['ratio']} × a bare hummingbird route with the same {shop['bytes']} bytes | {shop['ratio']:.2f} | {verdict(shop['ratio'] >= GOALS['ratio'])} |
| resident memory of all eleven services after the journey load ≤ {GOALS['memory']:.0f} MiB | {shop['memory']:.0f} MiB | {verdict(shop['memory'] <= GOALS['memory'])} |
| first response after a start on existing data ≤ {GOALS['start']:.0f} s | {shop['start']:.2f} s | {verdict(shop['start'] <= GOALS['start'])} |

Goals are those of one process.

| what | one process |
|---|---|
| product detail through the gateway, 32 connections | {shop['product']:,.0f} requests/s |
| the bare route | {shop['bare']:,.0f} requests/s |
| the home page, rendered | {shop['home']:,.0f} requests/s |
| durable SQLite commits a second, one writer, one row each | {shop['commits']:,.0f} |
| ratio of orders (16 buyers) to commits | {shop["orders_ratio"]:.4f} |
| resident memory after everything | {shop['memory_after_all']:.0f} MiB |

| what | one process | cluster |
|---|---|---|
| whole journey at {RATE} a second, 12 requests each: median, p95, p99 | {times(shop, 'journey_time')} | {times(cluster, 'journey_time')} |
| checkout during it: median, p95, p99 | {times(shop, 'checkout_time')} | {times(cluster, 'checkout_time')} |
| orders a second, one buyer (7 requests an order) | {shop['orders'][1]:.0f} | {cluster['orders'][1]:.0f} |
| orders a second, 16 buyers | {shop['orders'][16]:.0f} | {cluster['orders'][16]:.0f} |
| resident memory just started | {shop['memory_idle']:.0f} MiB | {cluster['memory_idle']:.0f} MiB |
| resident memory after the journey | {shop['memory']:.0f} MiB | {cluster['memory']:.0f} MiB |

The cluster's memory is that of its eleven magpie processes added up, so shared memory counts eleven times; the
engines and nginx are not included.

## The cluster compared with its database

| orders a second | one buyer or client | 16 |
|---|---|---|
| the cluster | {cluster['orders'][1]:.0f} | {cluster['orders'][16]:.0f} |
| pgbench writing the same rows | {cluster['pgbench'][1]:,.0f} | {cluster['pgbench'][16]:,.0f} |
| ratio of the cluster to pgbench | {cluster['ratio'][1]:.3f} | {cluster['ratio'][16]:.3f} |

{beside_pgbench(cluster)}

Run it again: `make bench` (a release build takes a while the first time), or `make bench BENCH=--quick`.
"""
