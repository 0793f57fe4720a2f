"""The row writes of an order in PostgreSQL: counted in the shop's database, and done by pgbench in one of its own."""
import os
import re
import subprocess
import sys
import time

from .servers import ROOT

# These differ from order to order and are not compared: the relay's row is written once a batch, and a title only by
# the newest of the sales in a batch.
VARYING = {"order.outbox_relay", "product.outbox_relay", "analytics.product_titles"}
TOLERANCE = 0.1
# Seconds after which an idle session has reported its statistics.
FIGURES_TOLD = 11


class Database:
    def __init__(self, url):
        self.url = url

    def run(self, *arguments, **options):
        command = ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", *arguments, self.url]
        return subprocess.run(command, check=True, text=True, **options)

    def value(self, query):
        return self.run("-At", "-c", query, stdout=subprocess.PIPE).stdout.strip()

    def wait_for_consumers(self, limit=120):
        """Waits until every order has its mail, report rows and audit records; returns how long it took."""
        begun = time.monotonic()
        query = """
            SELECT NOT EXISTS (SELECT FROM "order".outbox) AND NOT EXISTS (SELECT FROM product.outbox)
                AND placed = (SELECT count(*) FROM analytics.placed_orders)
                AND placed = (SELECT count(*) FROM notification.messages WHERE state = 'sent')
                AND placed = (SELECT count(*) FROM audit.audit_records WHERE action = 'payment.captured')
                AND moved = (SELECT count(*) FROM audit.audit_records WHERE action = 'stock.changed')
            FROM (SELECT count(*) AS placed FROM "order".orders) AS orders,
                (SELECT count(*) AS moved FROM product.stock_movements) AS movements"""
        while self.value(query) != "t":
            if time.monotonic() - begun > limit:
                sys.exit(f"{limit} s after the last order its consumers are not done")
            time.sleep(0.1)
        return time.monotonic() - begun

    def wait_until_alone(self):
        """Waits until no other session is left: only then has the last one reported its statistics."""
        while self.value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") != "1":
            time.sleep(0.1)

    def written(self, quiet_for=0):
        """Rows inserted, updated and deleted in every table, in all."""
        time.sleep(quiet_for)
        lines = self.value(
            """
            SELECT schemaname || '.' || relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables
            """).splitlines()
        return {table: int(count) for table, count in (line.split("|") for line in lines)}


def each(orders, before, after):
    """Rows written for each order, by table."""
    return {table: (count - before.get(table, 0)) / orders for table, count in after.items()}


def differences(ours, theirs):
    return [f"  {table}: {ours.get(table, 0):.2f} rows an order in the shop, {theirs.get(table, 0):.2f} in the script"
            for table in sorted((ours.keys() | theirs.keys()) - VARYING)
            if abs(ours.get(table, 0) - theirs.get(table, 0)) > TOLERANCE]


class RowWrites:
    """A copy of the shop's database in which pgbench writes orders."""

    script = ROOT / "Benchmarks/order-rows.sql"
    transactions = script.read_text().count("COMMIT;")

    def __init__(self, shop):
        shop.run("-c", "CREATE DATABASE order_rows")
        self.database = Database(re.sub(r"/\w+\?", "/order_rows?", shop.url))
        copy = subprocess.run(["pg_dump", shop.url], check=True, stdout=subprocess.PIPE, text=True).stdout
        self.database.run(input=copy, stdout=subprocess.DEVNULL)
        self.database.run("--file", ROOT / "Benchmarks/order-samples.sql")
        self.samples = self.database.value("SELECT count(*) FROM samples")

    def for_each_order(self):
        before, orders = self.database.written(), 100
        self.pgbench("--transactions", str(orders))
        self.database.wait_until_alone()
        return each(orders, before, self.database.written())

    def orders_a_second(self, clients, seconds):
        threads = min(clients, os.cpu_count())
        report = self.pgbench("--client", str(clients), "--jobs", str(threads), "--time", str(seconds))
        return float(re.search(r"^tps = ([\d.]+)", report, re.M)[1])

    def pgbench(self, *arguments):
        command = ["pgbench", "--no-vacuum", "--protocol", "prepared", "--define", f"samples={self.samples}",
                   "--file", self.script, *arguments, self.database.url]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
