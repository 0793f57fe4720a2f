"""The drills: for each paging alert the fault, the customers it needs, what diagnosis must show, and what ends it."""
import contextlib
import dataclasses
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import typing
import urllib.request

import yaml

JOURNEYS = ("browse", "search", "cart", "checkout", "sign-in")
BURN = {"browse": "Browse", "search": "Search", "cart": "Cart", "checkout": "Checkout", "sign-in": "SignIn"}


@dataclasses.dataclass
class Expected:
    """An alert that must page, and regular expressions that the output of its runbook's diagnosis must match."""
    alert: str
    causes: tuple[str, ...]
    labels: dict[str, str] = dataclasses.field(default_factory=dict)
    #: For how many minutes the fault had lasted, by the history, when Prometheus was started.
    minutes_before: int = 0


@dataclasses.dataclass
class Command:
    """Commands of a runbook's section Mitigation that match; with another alert's runbook, those it refers to."""
    pattern: str
    runbook: str | None = None
    services: tuple[str, ...] = ()


@dataclasses.dataclass
class Drill:
    name: str
    turn: int  # Drills of one turn do not disturb each other and are run together.
    alerts: tuple[Expected, ...]
    fault: typing.Callable
    #: Commands of the runbook, and functions for what the runbook leaves to whoever caused the fault.
    mitigation: tuple
    customers: typing.Callable | None = None
    #: What Prometheus must know before the fault: `hour` of healthy traffic, or `yesterday`.
    history: str | None = None
    #: Called before scripts/monitoring is started; returns options for it.
    prepare: typing.Callable | None = None


# Faults that need more than one line.

def break_stock(shop):
    shop.variant = shop.sql("product", "SELECT variant_id FROM stock WHERE tracked = 1 ORDER BY variant_id LIMIT 1")
    shop.sql("product", f"UPDATE stock SET on_hand = on_hand + 7 WHERE variant_id = '{shop.variant}'")


def end_proxy(shop):
    os.kill(int((shop.data / "edge/pid").read_text()), signal.SIGTERM)


def end_redis(shop):
    os.kill(int((pathlib.Path(shop.settings["MAGPIE_TEST_REDIS_FOLDER"]) / "pid").read_text()), signal.SIGKILL)


def rename_audit_records(shop):
    shop.sql("audit", "ALTER TABLE audit_records RENAME TO audit_records_renamed")


def restore_audit_records(shop):
    shop.sql("audit", "ALTER TABLE audit_records_renamed RENAME TO audit_records")


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def serve_tls(shop):
    """The shop by TLS too, as a proxy on the Internet has it, with an authority that the probe trusts."""
    folder = shop.data / "edge"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 365, "-subj", "/CN=Authority of the drill",
            "-keyout", folder / "ca.key", "-out", folder / "ca.crt")
    (folder / "tls.conf").write_text(
        f"server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/tls.crt; "
        f"ssl_certificate_key {folder}/tls.key; location / {{ proxy_pass http://127.0.0.1:{shop.port}; }} }}\n")
    text = (folder / "nginx.conf").read_text()
    (folder / "nginx.conf").write_text(text.replace("http {", f"http {{ include {folder}/tls.conf;", 1))
    issue_certificate(shop, 90)
    shop.environment |= {"SSL_CERT_FILE": str(folder / "ca.crt"), "SHOP": f"localhost:{port}"}
    return ["--probe", f"https://localhost:{port}/"]


def issue_certificate(shop, days):
    folder = shop.data / "edge"
    (folder / "tls.names").write_text("subjectAltName=DNS:localhost")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", folder / "tls.key", "-out",
            folder / "tls.csr")
    openssl("x509", "-req", "-in", folder / "tls.csr", "-CA", folder / "ca.crt", "-CAkey", folder / "ca.key",
            "-CAcreateserial", "-days", days, "-extfile", folder / "tls.names", "-out", folder / "tls.crt")
    os.kill(int((folder / "pid").read_text()), signal.SIGHUP)


def forget_target(shop, *services):
    """Prometheus no longer scrapes the services."""
    path = shop.data / "monitoring/prometheus.yml"
    shop.prometheus_file = path.read_text()
    text = yaml.safe_load(shop.prometheus_file)
    job = next(job for job in text["scrape_configs"] if job["job_name"] == "magpie")
    job["static_configs"] = [
        each for each in job["static_configs"] if each["labels"]["service"] not in services]
    path.write_text(yaml.safe_dump(text, sort_keys=False))
    shop.ask("/-/reload", b"")


def remember_target(shop):
    (shop.data / "monitoring/prometheus.yml").write_text(shop.prometheus_file)


def take_connections(shop):
    """Clients that hold every connection of storefront, and now and then use one so that it is not closed as idle."""
    limit = int(metric(shop, "storefront", "magpie_http_connections_limit"))
    address = ("127.0.0.1", shop.places("storefront")[0]["port"])
    shop.blocked = threading.Event()
    held = [socket.create_connection(address, 5) for _ in range(limit + 5)]

    def hold():
        while not shop.blocked.is_set():
            for place, each in enumerate(held):
                if shop.blocked.wait(60 / len(held)):
                    break
                try:
                    each.setblocking(False)
                    with contextlib.suppress(BlockingIOError):
                        each.recv(65_536)
                    each.send(b"HEAD /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")
                except OSError:
                    each.close()
                    with contextlib.suppress(OSError):
                        held[place] = socket.create_connection(address, 1)
        for each in held:
            each.close()

    threading.Thread(target=hold, daemon=True).start()


def metric(shop, service, name):
    place = shop.places(service)[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{place['operations']}/metrics", timeout=5) as response:
        return float(re.search(rf"^{name}(?:{{[^}}]*}})? (\S+)", response.read().decode(), re.MULTILINE)[1])


def everybody(shop):
    shop.crowd(1, *JOURNEYS)


def starve(shop):
    shop.end_pulse = shop.pulse("product-service", "cart-service", "order-service", "auth-service")


SUSPENDED = ("product-service", "order-service", "auth-service")

ALL = (
    Drill(
        "ServiceDown", 1,
        (Expected("ServiceDown", (r"offer-service 0 .* T .*no answer",), {"service": "offer-service"}),),
        lambda shop: shop.suspend("offer-service"), (Command("KILL"),)),
    Drill(
        "CorrectnessViolated", 1,
        (Expected("CorrectnessViolated", (r'check="ledger_mismatch".* 1$', r"\bledger_mismatch.*\b1\b"),
                  {"check": "ledger_mismatch"}),),
        break_stock, (Command("UPDATE stock"),)),
    Drill(
        "ShopUnreachable", 2,
        (Expected("ShopUnreachable", (r"/  no answer", r"127.0.0.1:\d+/  200", r"the proxy does not run")),),
        end_proxy, (Command("ops proxy"),)),
    Drill(
        "KafkaSuspended", 2,
        (Expected("ConsumerLagUnknown", (r"Kafka  FAULT", r"NaN")),
         Expected("OutboxStands", (r"Kafka  FAULT", r"magpie_outbox_oldest_age_seconds.* [3-9]\d\d"))),
        lambda shop: shop.engine("kafka-stop"), (Command("kafka-start"),), lambda shop: shop.crowd(0.2, "register")),
    Drill(
        "PaymentLedgerLocked", 2,
        (Expected("PaymentsFail", (r'magpie_payments_total.*result="(unknown|failed)".* [1-9]',)),
         Expected("SagaStands", (r"magpie_saga_unfinished.* [1-9]", r"idle in transaction"))),
        lambda shop: shop.hold("test_payments", "LOCK TABLE test_payments"),
        (Command("unblock"),), lambda shop: shop.crowd(0.3, "checkout")),
    Drill(
        "TargetForgotten", 2,
        (Expected("ServiceSignalAbsent", (r"audit-service 0 .*ready", r"magpie_ready"), {"service": "audit-service"}),
         Expected("CorrectnessCheckAbsent", (r"audit-service 0 .*ready",), {"check": "audit_chain"})),
        lambda shop: forget_target(shop, "audit-service"), (remember_target, Command("reload"))),
    Drill(
        "RedisEnded", 1,
        (Expected("ServiceNotReady", (r"Redis  FAULT", r"not ready"), {"service": "cart-service"}),),
        end_redis, (Command("redis-cli"),)),
    Drill(
        "CertificateExpiresSoon", 1,
        (Expected("CertificateExpiresSoon", (r"localhost.* (0\.9|1\.0)\d*", r"notAfter=")),),
        lambda shop: issue_certificate(shop, 1), (lambda shop: issue_certificate(shop, 90),), prepare=serve_tls),
    # Not by reads: their callers stop waiting before the pool does.
    Drill(
        "DatabasePoolTimeouts", 3,
        (Expected("DatabasePoolTimeouts", (r"idle in transaction", r"db_client_connection_timeouts_total.* [1-9]"),
                  {"service": "order-service"}),),
        lambda shop: shop.hold("order", "LOCK TABLE checkouts"), (Command("unblock"),),
        lambda shop: shop.crowd(6, "checkout", threads=64)),
    Drill(
        "ConnectionsExhausted", 3,
        (Expected("ConnectionsExhausted", (r"magpie_http_connections\{", r"\d{3,} 127\.0\.0\.1"),
                  {"service": "storefront"}),),
        take_connections, (lambda shop: shop.blocked.set(), Command("restart"))),
    Drill(
        "AvailabilityBurns", 4,
        tuple(Expected(f"{BURN[journey]}AvailabilityBurn", (r"service 0 .* T .*no answer",), {"long": "1h"})
              for journey in JOURNEYS),
        lambda shop: shop.suspend(*SUSPENDED), (Command("KILL", "ServiceDown", SUSPENDED),),
        everybody, history="hour"),
    Drill(
        "LatencyBurns", 5,
        tuple(Expected(f"{BURN[journey]}LatencyBurn", (rf'journey="{journey}".* (0\.[1-9]|1)',), {"long": "1h"})
              for journey in JOURNEYS),
        starve, (lambda shop: shop.end_pulse(), Command("restart", "CheckoutLatencyBurn")),
        everybody, history="hour"),
    Drill(
        "DeadLettersGrow", 5,
        (Expected("DeadLettersGrow", (r"relation .*audit_records.* does not exist",), {"service": "audit-service"}),),
        rename_audit_records, (Command("STOP"), restore_audit_records, Command("CONT"), Command("retry all")),
        lambda shop: shop.crowd(2, "checkout")),
    Drill(
        "ConsumerStands", 6,
        (Expected("ConsumerStands", (r"magpie_consumer_lag_events.* [1-9]", r"idle in transaction"),
                  {"service": "analytics-service"}),),
        lambda shop: shop.hold("analytics", "LOCK TABLE placed_orders"), (Command("unblock"), Command("restart")),
        lambda shop: shop.crowd(0.2, "checkout")),
    Drill(
        "NoTraffic", 7,
        tuple(Expected(f"{BURN[journey]}NoTraffic",
                       (r"^http\S+  200", rf'journey="{journey}".* 0$', r'journey="browse".* 0\.\d*[1-9]'),
                       minutes_before=minutes)
              for journey, minutes in (("search", 13), ("cart", 13), ("checkout", 88), ("sign-in", 88))),
        lambda shop: None, (everybody,), lambda shop: shop.crowd(1, "browse"), history="yesterday"),
    Drill(
        "CorrectnessNotChecked", 7,
        (Expected("CorrectnessNotChecked", (r"relation .*audit_records.* does not exist",),
                  {"service": "audit-service", "check": "audit_chain"}),),
        rename_audit_records, (restore_audit_records, Command("restart"))),
    Drill(
        "BrowseNoTraffic", 8, (Expected("BrowseNoTraffic", (r"/  200", r'journey="browse".* 0$'), minutes_before=13),),
        lambda shop: None, (everybody,), history="yesterday"),
)

#: Paging alerts without a drill, and why.
NOT_DRILLED = {
    "DiskAlmostFull": "it would fill a disk of this machine",
}
