"""The first dashboard to open: is the shop well, and if not, which service and since when."""
from . import slo
from .grafana import (
    BAD, GOOD, NEUTRAL, WARNING, Dashboard, Query, Row, bars, graph, log_lines, number, states, steps, table, variable)
from .shop import PUBLIC
from .signals import WINDOW, http_errors, http_rate, quantile, rate, rpc_errors, rpc_rate, share

CHOSEN = 'service=~"$service"'
NONE_OR_BAD = steps(GOOD, (1, BAD))


def dashboard():
    public = f'service=~"{"|".join(PUBLIC)}"'
    return Dashboard(
        "overview", "Magpie: overview",
        "Golden signals of all services, the state of the objectives, and what must be zero. Begin here.",
        [Row("Is the shop well?", [
            number("Does the shop answer at its own address?",
                   "The probe asks for the start page where customers do: through the reverse proxy.",
                   'min(probe_success{job="magpie-probe"})', unit="none", thresholds=steps(BAD, (1, GOOD)),
                   mappings=[{"type": "value", "options": {"0": {"text": "no"}, "1": {"text": "yes"}}}]),
            number("Services that do not answer", "Operations ports that Prometheus cannot scrape.",
                   'count(up{job="magpie"} == 0) or vector(0)', unit="none", thresholds=NONE_OR_BAD),
            number("Services that are not ready", "Alive, but waiting for an engine, a schema or a password.",
                   "count(magpie_ready == 0) or vector(0)", unit="none", thresholds=NONE_OR_BAD),
            number("Pages that fire", "Alerts of severity page that fire now.",
                   'count(ALERTS{alertstate="firing", severity="page"}) or vector(0)', unit="none",
                   thresholds=NONE_OR_BAD),
            number("Violations of correctness",
                   "What the reconciler found wrong: units oversold, money without an order, missing events or emails, "
                   "a ledger or an audit chain that does not add up. The objective is 0.",
                   "sum(magpie_correctness_violations)", unit="none", thresholds=NONE_OR_BAD),
            number("Dead letters", "Events that a consumer failed to handle and set aside.", "sum(magpie_dead_letters)",
                   unit="none", thresholds=NONE_OR_BAD),
        ]),
         Row("Golden signals of the chosen services", [
            graph("How many requests arrive?", "HTTP requests and calls by gRPC or in process, each second.",
                  Query(http_rate(CHOSEN), "{{service}} HTTP"), Query(rpc_rate(CHOSEN), "{{service}} calls"),
                  unit="reqps", width=12),
            graph("Which share fails?", "HTTP responses of 500 and above, and calls with a fault of the server.",
                  Query(http_errors(CHOSEN), "{{service}} HTTP"), Query(rpc_errors(CHOSEN), "{{service}} calls"),
                  unit="percentunit", width=12),
            graph("How long do most requests take?",
                  "The median of HTTP requests and of calls. A dot is one request: click it for its trace.",
                  Query(quantile(0.5, "http_server_request_duration_seconds", CHOSEN), "{{service}} HTTP", True),
                  Query(quantile(0.5, "rpc_server_call_duration_seconds", CHOSEN), "{{service}} calls", True),
                  unit="s", width=12),
            graph("How long do the slowest take?",
                  "One request in a hundred takes this long or longer. A dot is one request: click it for its trace.",
                  Query(quantile(0.99, "http_server_request_duration_seconds", CHOSEN), "{{service}} HTTP", True),
                  Query(quantile(0.99, "rpc_server_call_duration_seconds", CHOSEN), "{{service}} calls", True),
                  unit="s", width=12),
        ]),
         Row("Saturation: how much of each limit is used?", [
            bars("Connections", "Open HTTP connections of the limit of each process.",
                 Query(share("magpie_http_connections", "magpie_http_connections_limit", CHOSEN), "{{service}}"),
                 unit="percentunit", maximum=1, thresholds=steps(GOOD, (0.7, WARNING), (0.9, BAD)), width=6),
            bars("Pools of connections", "Connections to databases in use, of the most that the pool makes.",
                 Query('max by (service, db_client_connection_pool_name) (magpie_db_connections{'
                       f'{CHOSEN}, db_client_connection_state="used"}}) / (max by (service, '
                       f'db_client_connection_pool_name) (db_client_connection_max{{{CHOSEN}}}) > 0)',
                       "{{service}} {{db_client_connection_pool_name}}"),
                 unit="percentunit", maximum=1, thresholds=steps(GOOD, (0.7, WARNING), (0.95, BAD)), width=6),
            bars("Descriptors", "Open files and sockets of the limit of the process.",
                 Query(share("process_open_fds", "process_max_fds", CHOSEN), "{{service}}"), unit="percentunit",
                 maximum=1, thresholds=steps(GOOD, (0.6, WARNING), (0.85, BAD)), width=6),
            bars("Memory", "Resident memory of the container's limit; nothing where there is no limit.",
                 Query(share("process_resident_memory_bytes", "magpie_memory_limit_bytes", CHOSEN), "{{service}}"),
                 unit="percentunit", maximum=1, thresholds=steps(GOOD, (0.8, WARNING), (0.95, BAD)), width=6),
            graph("Is a process too busy to answer?",
                  "How long the slowest event loop took to begin new work, at each scrape.",
                  Query(f"max by (service) (magpie_event_loop_lag_seconds{{{CHOSEN}}})", "{{service}}"), unit="s",
                  thresholds=steps(GOOD, (0.1, WARNING), (0.5, BAD))),
            graph("What is refused to protect the rest?", "Requests beyond a limit, by reason.",
                  Query(rate("magpie_requests_refused_total", CHOSEN, "service, reason"), "{{service}} {{reason}}"),
                  unit="reqps"),
            graph("Which calls are cut off?", "1: calls to that address are refused at once, because too many failed.",
                  Query(f"max by (service, server_address) (magpie_circuit_breaker_open{{{CHOSEN}}})",
                        "{{service}} to {{server_address}}"), unit="none", maximum=1),
        ]),
         Row("Objectives", slo.summary()),
         Row("Correctness", [
            states("Which check found violations, and when?", "Green: none. Red: at least one.",
                   Query("max by (check) (magpie_correctness_violations)", "{{check}}"),
                   mappings=[{"type": "range", "options": {"from": 1, "to": 1e12, "result": {"text": "violated"}}},
                             {"type": "value", "options": {"0": {"text": "none"}}}],
                   thresholds=NONE_OR_BAD),
            graph("When did each check last run?", "The age of the last run of each check of the reconciler.",
                  Query("time() - max by (check) (magpie_correctness_last_run_timestamp_seconds)", "{{check}}"),
                  unit="s", width=12),
        ]),
         Row("Events", [
            graph("How many events wait in outboxes?", "Facts that are stored and not yet published.",
                  Query("sum by (service) (magpie_outbox_events)", "{{service}}"), unit="short", width=6),
            graph("How old is the oldest of them?", "An old event means that nothing is published.",
                  Query("max by (service) (magpie_outbox_oldest_age_seconds)", "{{service}}"), unit="s", width=6,
                  thresholds=steps(GOOD, (60, WARNING), (300, BAD))),
            graph("How far are consumers behind?", "Published events that a consumer has not handled yet.",
                  Query("sum by (service, topic) (magpie_consumer_lag_events)", "{{service}} {{topic}}"), unit="short",
                  width=6),
            graph("Where do dead letters come from?", "Dead letters that nobody has handled or dropped, by consumer.",
                  Query("sum by (service) (magpie_dead_letters)", "{{service}}"), unit="short", width=6,
                  thresholds=NONE_OR_BAD),
        ]),
         Row("Customers", [
            graph("How many requests do customers make?", "Requests to the public services, by status.",
                  Query(f"sum by (service, http_response_status_code) (rate(http_server_request_duration_seconds_count"
                        f"{{{public}}}[{WINDOW}]))", "{{service}} {{http_response_status_code}}"), unit="reqps",
                  stacked=True),
            graph("How many orders are placed?", "Orders each second, by currency.",
                  Query(rate("magpie_orders_placed_total", by="currency"), "{{currency}}"), unit="ops"),
            graph("How many payments fail?", "Operations on payments that were declined, failed or are unknown.",
                  Query(f'sum by (operation, result) (rate(magpie_payments_total{{result!="succeeded"}}[{WINDOW}]))',
                        "{{operation}} {{result}}"), unit="ops"),
        ]),
         Row("Alerts", [
            table("Which alerts are pending or fire?", "Alerts of Prometheus now.", Query("ALERTS"), unit="none",
                  columns={"alertname": "Alert", "alertstate": "State", "severity": "Severity", "service": "Service",
                           "owner": "Owner"}, width=24, no_value="no alert"),
        ]),
         Row("Logs", [
            log_lines("Errors and warnings of the chosen services",
                      "Lines of level warning and above, the newest first.",
                      '{service=~"$service"} | level =~ "warning|error|critical"'),
        ])],
        variables=(variable("service", "Service", 'label_values(up{job="magpie"}, service)'),), tags=("overview",),
        refresh="10s")
