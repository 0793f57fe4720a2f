"""One dashboard for each service, from one template: a row is there when the service has what it shows."""
from .grafana import (
    BAD,
    GOOD,
    LOGS,
    WARNING,
    Dashboard,
    Query,
    Row,
    bars,
    graph,
    heatmap,
    log_lines,
    number,
    states,
    steps,
    table,
     variable)
from .signals import (
    WINDOW, buckets, http_errors, http_rate, quantile, rate, ratio, rpc_errors, rpc_rate, share, whole)

DATABASE = "db_system_name, db_namespace, db_operation_name"
UP = [{"type": "value", "options": {"0": {"text": "no", "color": "red"}, "1": {"text": "yes", "color": "green"}}}]


def dashboard(service):
    own = f'service="{service.name}"'
    # The process may be a replica that the reader chose; where one process runs all services it is that process.
    process = f'{whole(service.name)}, instance=~"$instance"'
    rows = [state(service, own, process)]
    if "HTTP" in service.protocols:
        rows.append(http(own))
    if service.calls_rpc:
        rows.append(calls(own))
    if service.calls:
        rows.append(outgoing(own))
    if service.backends & {"PostgreSQL", "Redis"}:
        rows.append(storage(own))
    if service.has_outbox:
        rows.append(publishing(own))
    if service.consumes:
        rows.append(consuming(own))
    rows += [*special(service, own), saturation(service, process), resources(process), logs(service)]
    return Dashboard(
        f"service-{service.name}", f"Magpie: {service.name}",
        f"Golden signals of {service.name}" + (f", which owns {service.owns}." if service.owns != "nothing" else "."),
        rows, variables=(variable(
            "instance", "Process", f'label_values(up{{job="magpie", service=~"{service.name}|magpie"}}, instance)'),),
        tags=("service",), refresh="10s")


def state(service, own, process):
    return Row("State", [
        number("Processes that answer", "Operations ports that Prometheus can scrape.",
               f'sum(up{{job="magpie", {whole(service.name)}}})', unit="none", thresholds=steps(BAD, (1, GOOD))),
        number("Is it ready?", "Every process has reached what it needs.",
               f"min(magpie_ready{{{whole(service.name)}}})", unit="none",
               thresholds=steps(BAD, (1, GOOD)), mappings=UP),
        number("Up for", "Since the last start of a process.",
               f"time() - max(process_start_time_seconds{{{process}}})", unit="s", thresholds=steps(GOOD),
               graphed=False),
        number("Alerts that fire", "Alerts of this service, of every severity.",
               f'count(ALERTS{{alertstate="firing", {own}}}) or vector(0)', unit="none",
               thresholds=steps(GOOD, (1, BAD))),
    ])


def http(own):
    metric = "http_server_request_duration_seconds"
    return Row("HTTP requests", [
        graph("How many requests arrive?", "Requests each second, by route.",
              Query(http_rate(own, "http_request_method, http_route"), "{{http_request_method}} {{http_route}}"),
              unit="reqps", width=12),
        graph("Which share fails, by route?", "Responses of 500 and above.",
              Query(http_errors(own, "http_request_method, http_route"), "{{http_request_method}} {{http_route}}"),
              unit="percentunit", width=12),
        graph("How long do requests take?", "Quantiles of all routes. A dot is one request: click it for its trace.",
              *(Query(quantile(level, metric, own, ""), f"{level:.0%}", True) for level in (0.5, 0.9, 0.99)), unit="s"),
        graph("Which routes are slow?", "One request in a hundred takes this long or longer.",
              Query(quantile(0.99, metric, own, "http_request_method, http_route"),
                    "{{http_request_method}} {{http_route}}", True), unit="s"),
        graph("What is answered?", "Responses each second, by status.",
              Query(http_rate(own, "http_response_status_code"), "{{http_response_status_code}}"), unit="reqps",
              stacked=True),
        heatmap("How are durations spread?", "Requests by duration: a second band is a second kind of request.",
                buckets(metric, own), unit="s"),
        graph("How many requests are being answered?", "Requests in progress now.",
              Query(f"sum by (service) (http_server_active_requests{{{own}}})", "in progress"), unit="short"),
    ])


def calls(own):
    metric, by = "rpc_server_call_duration_seconds", "rpc_system_name, rpc_method"
    return Row("Calls by other services", [
        graph("How many calls arrive?", "Calls each second, by method. In one process they are calls of methods.",
              Query(rpc_rate(own, by), "{{rpc_method}} ({{rpc_system_name}})"), unit="ops"),
        graph("Which share fails?", "Calls that failed for a fault of this service, by method.",
              Query(rpc_errors(own, by), "{{rpc_method}} ({{rpc_system_name}})"), unit="percentunit"),
        graph("How long do calls take?", "One call in a hundred takes this long or longer, by method.",
              Query(quantile(0.99, metric, own, by), "{{rpc_method}} ({{rpc_system_name}})", True), unit="s"),
        graph("What is answered?", "Calls each second, by status.",
              Query(rpc_rate(own, "rpc_response_status_code"), "{{rpc_response_status_code}}"), unit="ops",
              stacked=True,
              width=12),
        heatmap("How are durations spread?", "Calls by duration.", buckets(metric, own), unit="s"),
    ])


def outgoing(own):
    rpc, web = "rpc_client_call_duration_seconds", "http_client_request_duration_seconds"
    return Row("Calls to others", [
        graph("How many calls does it make?", "Calls to other services and HTTP requests to other servers.",
              Query(f"sum by (server_address, rpc_method) (rate({rpc}_count{{{own}}}[{WINDOW}]))",
                    "{{server_address}} {{rpc_method}}"),
              Query(f"sum by (server_address) (rate({web}_count{{{own}}}[{WINDOW}]))", "{{server_address}} HTTP"),
              unit="ops"),
        graph("Which of them fail?", "Calls without the status OK, and requests with an error or a status from 500.",
              Query(f'sum by (server_address, rpc_response_status_code) (rate({rpc}_count{{{own}, '
                    f'rpc_response_status_code!="OK"}}[{WINDOW}]))', "{{server_address}} {{rpc_response_status_code}}"),
              Query(f'sum by (server_address, error_type) (rate({web}_count{{{own}, error_type!=""}}[{WINDOW}]))',
                    "{{server_address}} {{error_type}}"), unit="ops"),
        graph("How long do they take?", "One in a hundred takes this long or longer.",
              Query(quantile(0.99, rpc, own, "server_address"), "{{server_address}}", True),
              Query(quantile(0.99, web, own, "server_address"), "{{server_address}} HTTP", True), unit="s"),
        states("Which calls are cut off?", "Red: calls to that address are refused at once, because too many failed.",
               Query(f"max by (server_address) (magpie_circuit_breaker_open{{{own}}})", "{{server_address}}"),
               mappings=[{"type": "value", "options": {"0": {"text": "closed"}, "1": {"text": "open"}}}],
               thresholds=steps(GOOD, (1, BAD)), width=24, height=6),
    ], collapsed=True)


def storage(own):
    metric, pool = "db_client_operation_duration_seconds", "db_client_connection_pool_name"
    return Row("Storage", [
        graph("How much does it ask of its databases?", "Operations each second.",
              Query(rate(f"{metric}_count", own, DATABASE),
                    "{{db_system_name}} {{db_namespace}} {{db_operation_name}}"),
              unit="ops"),
        graph("How long does that take?", "One operation in a hundred takes this long or longer.",
              Query(quantile(0.99, metric, own, DATABASE), "{{db_system_name}} {{db_namespace}} {{db_operation_name}}",
                    True), unit="s"),
        graph("What fails?", "Operations with an error, by its type.",
              Query(rate(f"{metric}_count", f'{own}, error_type!=""', "db_system_name, error_type"),
                    "{{db_system_name}} {{error_type}}"), unit="ops"),
        graph("How full are the pools?", "Connections in use, of the most that the pool makes.",
              Query(f'max by ({pool}) (magpie_db_connections{{{own}, db_client_connection_state="used"}}) / '
                    f"(max by ({pool}) (db_client_connection_max{{{own}}}) > 0)", f"{{{{{pool}}}}}"),
              unit="percentunit", maximum=1, thresholds=steps(GOOD, (0.7, WARNING), (0.95, BAD))),
        graph("How long do callers wait for a connection?", "One in a hundred waits this long or longer.",
              Query(quantile(0.99, "db_client_connection_wait_time_seconds", own, pool), f"{{{{{pool}}}}}", True),
              unit="s"),
        graph("Who waits, and who waited too long?",
              "Callers that wait now, and those each second whose deadline came.",
              Query(f"sum by ({pool}) (db_client_connection_pending_requests{{{own}}})", f"{{{{{pool}}}}} waiting"),
              Query(rate("db_client_connection_timeouts_total", own, pool), f"{{{{{pool}}}}} timed out each second"),
              unit="short"),
    ])


def publishing(own):
    return Row("Events that it publishes", [
        graph("How many events are published?", "Events each second, by topic.",
              Query(rate("magpie_events_published_total", own, "topic"), "{{topic}}"), unit="ops"),
        graph("How many wait in the outbox?", "Facts that are stored and not yet published.",
              Query(f"sum by (service) (magpie_outbox_events{{{own}}})", "waiting"), unit="short"),
        graph("How old is the oldest of them?", "An old event means that nothing is published.",
              Query(f"max by (service) (magpie_outbox_oldest_age_seconds{{{own}}})", "age"), unit="s",
              thresholds=steps(GOOD, (60, WARNING), (300, BAD))),
    ])


def consuming(own):
    return Row("Events that it handles", [
        graph("How many events are handled?", "Events each second, by topic and outcome.",
              Query(rate("magpie_events_handled_total", own, "topic, outcome"), "{{topic}} {{outcome}}"), unit="ops",
              width=6),
        graph("How far is it behind?", "Published events that it has not handled yet.",
              Query(f"sum by (topic) (magpie_consumer_lag_events{{{own}}})", "{{topic}}"), unit="short", width=6),
        graph("How late are events handled?",
              "One event in a hundred is handled this long after it happened, or later.",
              Query(quantile(0.99, "magpie_event_delay_seconds", own, "topic"), "{{topic}}", True), unit="s", width=6),
        graph("Which share is retried or set aside?", "Of all attempts to handle an event.",
              Query(ratio(rate("magpie_events_handled_total", f'{own}, outcome!="handled"', "topic"),
                          rate("magpie_events_handled_total", own, "topic"), "topic"), "{{topic}}"),
              unit="percentunit", width=6),
    ])


def special(service, own):
    """Rows that only one service has."""
    if service.name == "order-service":
        yield Row("Checkouts", [
            graph("How do the steps of checkouts end?", "Steps of the checkout saga each second.",
                  Query(rate("magpie_saga_steps_total", own, "step, outcome"), "{{step}} {{outcome}}"), unit="ops"),
            graph("How many checkouts are unfinished?",
                  "Running now, or left by a crash until the reconciler ends them.",
                  Query(f"sum by (service) (magpie_saga_unfinished{{{own}}})", "unfinished"), unit="short"),
            graph("How old is the oldest of them?", "The reconciler ends what is older than a minute.",
                  Query(f"max by (service) (magpie_saga_oldest_unfinished_age_seconds{{{own}}})", "age"), unit="s",
                  thresholds=steps(GOOD, (120, WARNING), (600, BAD))),
            graph("How do payments end?", "Operations on payments each second.",
                  Query(rate("magpie_payments_total", own, "provider, operation, result"),
                        "{{provider}} {{operation}} {{result}}"), unit="ops", width=12),
            graph("Why are payments refused?",
                  "Attempts that were not sent to a provider, or that it refused, by reason.",
                  Query(rate("magpie_payments_refused_total", own, "reason"), "{{reason}}"), unit="ops", width=12),
        ])
    if service.name == "product-service":
        yield Row("Stock", [
            graph("How much is reserved?", "Reservations of stock that are held now.",
                  Query(f"sum by (service) (magpie_stock_reservations{{{own}}})", "held"), unit="short", width=12),
            graph("How many checkouts are refused for stock?", "Refusals each second.",
                  Query(rate("magpie_stock_refused_total", own), "refused"), unit="ops", width=12),
        ])
    if service.name == "cart-service":
        yield Row("Carts", [
            graph("How are carts changed?", "Changes each second, by kind.",
                  Query(rate("magpie_carts_changed_total", own, "change"), "{{change}}"), unit="ops", width=24),
        ])
    if service.name == "auth-service":
        yield Row("Accounts", [
            graph("How do log-ins end?", "Log-ins each second, by outcome.",
                  Query(rate("magpie_sign_ins_total", own, "outcome"), "{{outcome}}"), unit="ops", width=12),
            graph("How many accounts are created?", "New accounts each second.",
                  Query(rate("magpie_accounts_created_total", own), "created"), unit="ops", width=12),
        ])
    if service.name == "notification-service":
        yield Row("Emails", [
            graph("How many emails are sent?", "Emails each second, by kind and outcome.",
                  Query(rate("magpie_mails_total", own, "kind, outcome"), "{{kind}} {{outcome}}"), unit="ops",
                  width=24),
        ])


def saturation(service, process):
    has_http = "HTTP" in service.protocols
    limits = [
        Query(share("process_open_fds", "process_max_fds", process), "descriptors"),
        Query(share("process_resident_memory_bytes", "magpie_memory_limit_bytes", process), "memory"),
        Query(f"1 - min by (service) (magpie_disk_free_bytes{{{process}}}) / "
              f"min by (service) (magpie_disk_size_bytes{{{process}}})", "disk"),
    ]
    if has_http:
        limits += [
            Query(share("magpie_http_connections", "magpie_http_connections_limit", process), "HTTP connections"),
            Query(share("magpie_request_bodies_memory_bytes", "magpie_request_bodies_memory_limit_bytes", process),
                  "request bodies"),
        ]
    panels = [
        bars("How much of each limit is used?",
             "Descriptors, memory of the container, disk of the data folder, HTTP connections, memory of bodies.",
             *limits, unit="percentunit", maximum=1, thresholds=steps(GOOD, (0.7, WARNING), (0.9, BAD))),
        graph("Is it too busy to answer?", "How long the slowest event loop took to begin new work, at each scrape.",
              Query(f"max by (instance) (magpie_event_loop_lag_seconds{{{process}}})", "{{instance}}"), unit="s",
              thresholds=steps(GOOD, (0.1, WARNING), (0.5, BAD))),
    ]
    if service.name == "auth-service":
        panels.append(graph(
            "Does costly work wait?", "Passwords that wait for their turn to be hashed, and the most that may.",
            Query(f"sum by (instance) (magpie_costly_work_waiting{{{process}}})", "{{instance}} waiting"),
            Query(f"sum by (instance) (magpie_costly_work_limit{{{process}}})", "{{instance}} limit"), unit="short"))
    if has_http:
        panels += [
            graph("What is refused to protect the rest?", "Requests beyond a limit, by reason.",
                  Query(rate("magpie_requests_refused_total", process, "reason"), "{{reason}}"), unit="reqps",
                  width=12),
            graph("How many connections are open?", "HTTP connections and their limit.",
                  Query(f"sum by (instance) (magpie_http_connections{{{process}}})", "{{instance}}"),
                  Query(f"max by (service) (magpie_http_connections_limit{{{process}}})", "limit of a process"),
                  unit="short", width=12),
        ]
    return Row("Saturation", panels)


def resources(process):
    return Row("The process", [
        graph("How much CPU does it use?", "Seconds of CPU each second: 1 is one core.",
              Query(rate("process_cpu_seconds_total", process, "instance"), "{{instance}}"), unit="none", width=6),
        graph("How much memory does it use?", "Resident memory.",
              Query(f"max by (instance) (process_resident_memory_bytes{{{process}}})", "{{instance}}"), unit="bytes",
              width=6),
        graph("How many threads does it have?", "Threads of the operating system.",
              Query(f"max by (instance) (process_threads{{{process}}})", "{{instance}}"), unit="short", width=6),
        graph("Are traces and series lost?", "Spans and series dropped each second, because a bound was reached.",
              Query(rate("magpie_traces_spans_dropped_total", process, "instance"), "{{instance}} spans"),
              Query(rate("magpie_metrics_dropped_series_total", process, "instance"), "{{instance}} series"),
              unit="ops", width=6),
        graph("Do traces leave the process?",
              "Spans exported each second, those that wait, and the most that may wait.",
              Query(rate("magpie_traces_spans_exported_total", process, "instance"),
                    "{{instance}} exported each second"),
              Query(f"sum by (instance) (magpie_traces_queue_spans{{{process}}})", "{{instance}} waiting"),
              Query(f"max by (service) (magpie_traces_queue_limit{{{process}}})", "limit of a process"), unit="short",
              width=24),
    ], collapsed=True)


def logs(service):
    return Row("Logs", [
        graph("How many lines does it log?", "Lines each second, by level.",
              Query(f'sum by (level) (rate({{service="{service.name}"}} | level != "" [$__auto]))', "{{level}}"),
              unit="cps", width=24, height=6, source=LOGS, stacked=True),
        log_lines("Lines", "The newest first. The details of a line with a trace id have the link to its trace.",
                  f'{{service="{service.name}"}}'),
    ], collapsed=True)
