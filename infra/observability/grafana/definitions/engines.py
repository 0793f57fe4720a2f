"""The engines, by the exporters that docker-compose.yml runs: PostgreSQL, Redis, nginx, Kafka, and the machine."""
from .grafana import BAD, GOOD, WARNING, Dashboard, Query, Row, bars, graph, number, states, steps, table, variable
from .signals import WINDOW, quantile, rate, ratio

YES_NO = [{"type": "value", "options": {"0": {"text": "no"}, "1": {"text": "yes"}}}]
UP = steps(BAD, (1, GOOD))


def dashboards():
    return [kafka(), postgresql(), redis(), nginx(), host()]


def kafka():
    return Dashboard(
        "kafka", "Magpie: Kafka",
        "Events from outbox to consumer, by Magpie's own metrics, and the broker as kafka-exporter sees it. The "
        "broker's own JMX metrics are not collected. On the broker of tests the second part is empty.",
        [Row("Now", [
            number("Events in outboxes", "Stored and not yet published.", "sum(magpie_outbox_events)", unit="short",
                   thresholds=steps(GOOD, (100, WARNING), (1000, BAD))),
            number("Oldest event in an outbox", "An old event means that nothing is published.",
                   "max(magpie_outbox_oldest_age_seconds)", unit="s",
                   thresholds=steps(GOOD, (60, WARNING), (300, BAD))),
            number("Events not handled", "The lag of all consumers.", "sum(magpie_consumer_lag_events >= 0)",
                   unit="short",
                   thresholds=steps(GOOD, (1000, WARNING), (10000, BAD))),
            number("Dead letters", "Events that a consumer set aside.", "sum(magpie_dead_letters)", unit="short",
                   thresholds=steps(GOOD, (1, BAD))),
            number("Brokers", "Brokers that answer kafka-exporter.", "max(kafka_brokers)", unit="none", thresholds=UP),
            number("Partitions without all copies", "Partitions whose copies are not all in step.",
                   "sum(kafka_topic_partition_under_replicated_partition)", unit="none",
                   thresholds=steps(GOOD, (1, BAD))),
        ]),
         Row("Publishing", [
            graph("How many events are published?", "Events each second.",
                  Query(rate("magpie_events_published_total", by="service, topic"), "{{service}} {{topic}}"),
                  unit="ops"),
            graph("How many wait in outboxes?", "Stored and not yet published.",
                  Query("sum by (service) (magpie_outbox_events)", "{{service}}"), unit="short"),
            graph("How old is the oldest of them?", "An old event means that nothing is published.",
                  Query("max by (service) (magpie_outbox_oldest_age_seconds)", "{{service}}"), unit="s"),
        ]),
         Row("Consuming", [
            graph("How far are consumers behind?", "As each consumer counts it.",
                  Query("sum by (service, topic) (magpie_consumer_lag_events >= 0)", "{{service}} {{topic}}"),
                  unit="short"),
            graph("Which consumers cannot tell?", "1: the lag could not be measured, because the log is unavailable.",
                  Query("max by (service, topic) (magpie_consumer_lag_events != bool magpie_consumer_lag_events)",
                        "{{service}} {{topic}}"), unit="none", maximum=1, thresholds=steps(GOOD, (1, BAD))),
            graph("How late are events handled?",
                  "One event in a hundred is handled this long after it happened, or later.",
                  Query(quantile(0.99, "magpie_event_delay_seconds", "", "service, topic"), "{{service}} {{topic}}",
                        True),
                  unit="s"),
            graph("How many events are handled?", "Events each second, by consumer.",
                  Query(rate("magpie_events_handled_total", 'outcome="handled"', "service, topic"),
                        "{{service}} {{topic}}"), unit="ops"),
            graph("Which share is retried or set aside?", "Of all attempts to handle an event.",
                  Query(ratio(rate("magpie_events_handled_total", 'outcome!="handled"', "service, topic"),
                              rate("magpie_events_handled_total", by="service, topic"), "service, topic"),
                        "{{service}} {{topic}}"), unit="percentunit"),
            graph("How many dead letters are there?", "Dead letters that nobody has handled or dropped.",
                  Query("sum by (service) (magpie_dead_letters)", "{{service}}"), unit="short",
                  thresholds=steps(GOOD, (1, BAD))),
        ]),
         Row("The broker, as kafka-exporter sees it", [
            graph("How far are consumer groups behind?", "From the offsets that groups have committed.",
                  Query("sum by (consumergroup, topic) (kafka_consumergroup_lag >= 0)", "{{consumergroup}} {{topic}}"),
                  unit="short"),
            graph("How many members do groups have?", "0: nobody reads.",
                  Query("max by (consumergroup) (kafka_consumergroup_members)", "{{consumergroup}}"), unit="short"),
            graph("How many records are written?", "Records each second, by topic.",
                  Query(f'sum by (topic) (rate(kafka_topic_partition_current_offset{{topic!~"__.*"}}[{WINDOW}]))',
                        "{{topic}}"), unit="wps"),
            table("Which topics are there?", "Records that are kept, and partitions.",
                  Query('sum by (topic) (kafka_topic_partition_current_offset - kafka_topic_partition_oldest_offset)'),
                  unit="short", columns={"topic": "Topic", "Value": "Records kept"}, width=12, sort="Records kept"),
            graph("Do all partitions have their copies?", "Partitions with a copy that is not in step, by topic.",
                  Query("sum by (topic) (kafka_topic_partition_under_replicated_partition)", "{{topic}}"), unit="short",
                  width=12),
        ])],
        tags=("engine",))


def postgresql():
    chosen = 'datname=~"$database"'

    def rates(*names):
        return [
            Query(f"sum by (datname) (rate(pg_stat_database_{name}{{{chosen}}}[{WINDOW}]))",
                  f"{{{{datname}}}} {legend}")
            for name, legend in names]
    hits = f"sum by (datname) (rate(pg_stat_database_blks_hit{{{chosen}}}[{WINDOW}]))"
    reads = f"sum by (datname) (rate(pg_stat_database_blks_read{{{chosen}}}[{WINDOW}]))"
    return Dashboard(
        "postgresql", "Magpie: PostgreSQL",
        "The database server as postgres-exporter sees it, and as the services do.",
        [Row("Now", [
            number("Does it answer?", "postgres-exporter can ask it.", "min(pg_up)", unit="none", thresholds=UP,
                   mappings=YES_NO),
            number("Connections of the limit", "All sessions, of max_connections.",
                   "sum(pg_stat_activity_count) / max(pg_settings_max_connections)", unit="percentunit",
                   thresholds=steps(GOOD, (0.7, WARNING), (0.9, BAD))),
            number("Longest transaction", "Seconds since the oldest running transaction began.",
                   f"max(pg_stat_activity_max_tx_duration{{{chosen}}})", unit="s",
                   thresholds=steps(GOOD, (60, WARNING), (600, BAD))),
            number("Deadlocks in the chosen time",
                   "Transactions that PostgreSQL ended because they waited for each other.",
                   f"sum(increase(pg_stat_database_deadlocks{{{chosen}}}[$__range]))", unit="short", decimals=0,
                   thresholds=steps(GOOD, (1, WARNING))),
            number("Size", "All chosen databases.", f"sum(pg_database_size_bytes{{{chosen}}})", unit="bytes",
                   thresholds=steps(GOOD)),
            number("Up for", "Since the server started.", "time() - max(pg_postmaster_start_time_seconds)", unit="s",
                   thresholds=steps(GOOD), graphed=False),
        ]),
         Row("Work", [
            graph("How many transactions does it run?", "Commits and rollbacks each second.",
                  *rates(("xact_commit", "commits"), ("xact_rollback", "rollbacks")), unit="ops"),
            graph("How many rows does it change?", "Rows each second.",
                  *rates(("tup_inserted", "inserted"), ("tup_updated", "updated"), ("tup_deleted", "deleted")),
                  unit="wps"),
            graph("How many rows does it read?", "Rows returned to scans and fetched by index, each second.",
                  *rates(("tup_returned", "returned"), ("tup_fetched", "fetched")), unit="rps"),
            graph("How much comes from memory?", "Blocks found in shared buffers, of all blocks asked for.",
                  Query(f"{hits} / ({hits} + {reads} > 0)", "{{datname}}"), unit="percentunit", maximum=1),
            graph("Do sorts and joins spill to disk?", "Bytes of temporary files each second.",
                  *rates(("temp_bytes", "written")), unit="Bps"),
            graph("How much log does it write?", "Bytes of write-ahead log that the server keeps.",
                  Query("max by (instance) (pg_wal_size_bytes)", "{{instance}}"), unit="bytes"),
        ]),
         Row("Connections and locks", [
            graph("Who is connected?", "Sessions by state; max_connections is the limit.",
                  Query(f"sum by (state) (pg_stat_activity_count{{{chosen}}})", "{{state}}"),
                  Query("max(pg_settings_max_connections)", "limit"), unit="short"),
            graph("How long does the oldest transaction run?", "A long one keeps dead rows from being removed.",
                  Query(f"max by (datname, state) (pg_stat_activity_max_tx_duration{{{chosen}}})",
                        "{{datname}} {{state}}"),
                  unit="s"),
            graph("Which locks are held?", "Locks by mode.",
                  Query(f"sum by (mode) (pg_locks_count{{{chosen}}})", "{{mode}}"), unit="short"),
            graph("Which transactions are ended?", "Deadlocks and conflicts each second.",
                  *rates(("deadlocks", "deadlocks"), ("conflicts", "conflicts")), unit="ops"),
            graph("Which tables have dead rows?", "Rows that wait for vacuum, in the ten tables with most.",
                  Query("topk(10, sum by (schemaname, relname) (pg_stat_user_tables_n_dead_tup))",
                        "{{schemaname}}.{{relname}}"), unit="short"),
            graph("How large are databases?", "Bytes on disk.",
                  Query(f"max by (datname) (pg_database_size_bytes{{{chosen}}})", "{{datname}}"), unit="bytes"),
        ]),
         Row("As the services see it", [
            graph("How long do reads and writes take?", "One operation in a hundred takes this long or longer.",
                  Query(quantile(0.99, "db_client_operation_duration_seconds", 'db_system_name="postgresql"',
                                 "service, db_operation_name"), "{{service}} {{db_operation_name}}", True),
                  unit="s", width=12),
            graph("How long do services wait for a connection?", "One in a hundred waits this long or longer.",
                  Query(quantile(0.99, "db_client_connection_wait_time_seconds", "",
                                 "service, db_client_connection_pool_name"),
                        "{{service}} {{db_client_connection_pool_name}}", True), unit="s", width=12),
        ])],
        variables=(variable("database", "Database", "label_values(pg_database_size_bytes, datname)"),),
        tags=("engine",))


def redis():
    commands = f"sum by (cmd) (rate(redis_commands_total[{WINDOW}]))"
    durations = f"sum by (cmd) (rate(redis_commands_duration_seconds_total[{WINDOW}]))"
    return Dashboard(
        "redis", "Magpie: Redis",
        "The server of carts and rate limits as redis-exporter sees it, and as the services do.",
        [Row("Now", [
            number("Does it answer?", "redis-exporter can ask it.", "min(redis_up)", unit="none", thresholds=UP,
                   mappings=YES_NO),
            number("Memory of the limit", "Used memory of maxmemory. Beyond it writes are refused: no cart is evicted.",
                   "max(redis_memory_used_bytes) / (max(redis_memory_max_bytes) > 0)", unit="percentunit",
                   thresholds=steps(GOOD, (0.7, WARNING), (0.9, BAD))),
            number("Clients", "Open connections.", "sum(redis_connected_clients)", unit="short",
                   thresholds=steps(GOOD)),
            number("Keys", "Keys of all databases.", "sum(redis_db_keys)", unit="short", thresholds=steps(GOOD)),
            number("Evicted in the chosen time",
                   "Keys dropped for memory. Carts must not be: the policy is noeviction.",
                   "sum(increase(redis_evicted_keys_total[$__range]))", unit="short", decimals=0,
                   thresholds=steps(GOOD, (1, BAD))),
            number("Up for", "Since the server started.", "max(redis_uptime_in_seconds)", unit="s",
                   thresholds=steps(GOOD), graphed=False),
        ]),
         Row("Work", [
            graph("Which commands does it run?", "Commands each second.",
                  Query(commands, "{{cmd}}"), unit="ops"),
            graph("How long does a command take?", "The mean time in the server, without the network.",
                  Query(f"{durations} / ({commands} > 0)", "{{cmd}}"), unit="s"),
            graph("How many keys are found?", "Lookups of keys that exist, and that do not, each second.",
                  Query(f"sum by (instance) (rate(redis_keyspace_hits_total[{WINDOW}]))", "found"),
                  Query(f"sum by (instance) (rate(redis_keyspace_misses_total[{WINDOW}]))", "not found"), unit="ops"),
            graph("How much memory is used?", "Used memory and its limit.",
                  Query("max by (instance) (redis_memory_used_bytes)", "used"),
                  Query("max by (instance) (redis_memory_max_bytes)", "limit"), unit="bytes"),
            graph("Which keys leave?", "Keys that expire, and keys that are evicted for memory, each second.",
                  Query(f"sum by (instance) (rate(redis_expired_keys_total[{WINDOW}]))", "expired"),
                  Query(f"sum by (instance) (rate(redis_evicted_keys_total[{WINDOW}]))", "evicted"), unit="ops"),
            graph("Who is connected?",
                  "Clients, those that wait in a blocking command, and connections refused each second.",
                  Query("sum by (instance) (redis_connected_clients)", "connected"),
                  Query("sum by (instance) (redis_blocked_clients)", "blocked"),
                  Query(f"sum by (instance) (rate(redis_rejected_connections_total[{WINDOW}]))", "refused each second"),
                  unit="short"),
        ]),
         Row("Durability and network", [
            states("Can it write its append-only file?", "Red: the last write failed, and writes will be refused.",
                   Query("min by (instance) (redis_aof_last_write_status)", "{{instance}}"), mappings=YES_NO,
                   thresholds=UP, height=6),
            graph("How much is sent and received?", "Bytes each second.",
                  Query(f"sum by (instance) (rate(redis_net_input_bytes_total[{WINDOW}]))", "received"),
                  Query(f"sum by (instance) (rate(redis_net_output_bytes_total[{WINDOW}]))", "sent"), unit="Bps",
                  width=12, height=6),
        ]),
         Row("As the services see it", [
            graph("How many commands do services send?", "Commands each second.",
                  Query(rate("db_client_operation_duration_seconds_count", 'db_system_name="redis"',
                             "service, db_operation_name"), "{{service}} {{db_operation_name}}"), unit="ops", width=12),
            graph("How long do they wait for the response?", "One command in a hundred takes this long or longer.",
                  Query(quantile(0.99, "db_client_operation_duration_seconds", 'db_system_name="redis"',
                                 "service, db_operation_name"), "{{service}} {{db_operation_name}}", True),
                  unit="s", width=12),
        ])],
        tags=("engine",))


def nginx():
    lost = (f"sum by (instance) (rate(nginx_connections_accepted[{WINDOW}])) - "
            f"sum by (instance) (rate(nginx_connections_handled[{WINDOW}]))")
    return Dashboard(
        "nginx", "Magpie: nginx",
        "The reverse proxy as nginx-exporter sees it, and the shop as the probe behind it does.",
        [Row("Now", [
            number("Does nginx answer?", "nginx-exporter can read its status page.", "min(nginx_up)", unit="none",
                   thresholds=UP, mappings=YES_NO, width=6),
            number("Does the shop answer through it?", "The probe asks for the start page.",
                   'min(probe_success{job="magpie-probe"})', unit="none", thresholds=UP, mappings=YES_NO, width=6),
            number("Connections", "Open connections to clients.", "sum(nginx_connections_active)", unit="short",
                   thresholds=steps(GOOD), width=6),
            number("Requests each second", "All requests.", f"sum(rate(nginx_http_requests_total[{WINDOW}]))",
                   unit="reqps", thresholds=steps(GOOD), width=6),
        ]),
         Row("Traffic", [
            graph("How many requests arrive?", "Requests each second.",
                  Query(f"sum by (instance) (rate(nginx_http_requests_total[{WINDOW}]))", "{{instance}}"),
                  unit="reqps"),
            graph("What do connections do?", "Reading a request, writing a response, or waiting for the next request.",
                  *(Query(f"sum by (instance) (nginx_connections_{state})", state)
                    for state in ("reading", "writing", "waiting")), unit="short", stacked=True),
            graph("Are connections dropped?", "Accepted and not handled, each second: worker_connections is too low.",
                  Query(lost, "{{instance}}"), unit="cps"),
            graph("How many requests come on one connection?", "Requests of each accepted connection.",
                  Query(f"sum by (instance) (rate(nginx_http_requests_total[{WINDOW}])) / "
                        f"(sum by (instance) (rate(nginx_connections_accepted[{WINDOW}])) > 0)", "{{instance}}"),
                  unit="none"),
            graph("How many requests does nginx lose?",
                  "Requests that nginx counts, without those that the public services count. About the rate of the "
                  "exporter's own scrapes while all is well.",
                  Query(f"sum(rate(nginx_http_requests_total[{WINDOW}])) - "
                        "sum(rate(http_server_request_duration_seconds_count"
                        f'{{service=~"api-gateway|storefront"}}[{WINDOW}]))', "difference"),
                  unit="reqps", minimum=None),
        ]),
         Row("The probe", [
            states("When was the shop unavailable?", "Green: the probe got the expected response.",
                   Query('min by (instance) (probe_success{job="magpie-probe"})', "{{instance}}"), mappings=YES_NO,
                   thresholds=UP),
            graph("How long does the probe wait?", "By phase of the request.",
                  Query('sum by (instance, phase) (probe_http_duration_seconds{job="magpie-probe"})',
                        "{{instance}} {{phase}}"), unit="s", width=12, stacked=True),
        ])],
        tags=("engine",))


def host():
    chosen = 'instance=~"$instance"'
    disk = f'{chosen}, fstype!~"tmpfs|overlay|squashfs|ramfs"'
    return Dashboard(
        "host", "Magpie: host and processes",
        "The machine as node-exporter sees it, and the processes of the shop on it.",
        [Row("Now", [
            number("CPU in use", "Of all cores.",
                   f'1 - avg(rate(node_cpu_seconds_total{{mode="idle", {chosen}}}[{WINDOW}]))', unit="percentunit",
                   thresholds=steps(GOOD, (0.8, WARNING), (0.95, BAD))),
            number("Load of each core", "Runnable processes in the last 5 minutes, divided by cores.",
                   f'sum(node_load5{{{chosen}}}) / count(node_cpu_seconds_total{{mode="idle", {chosen}}})', unit="none",
                   decimals=2, thresholds=steps(GOOD, (1, WARNING), (2, BAD))),
            number("Memory in use", "Without caches.",
                   f"1 - sum(node_memory_MemAvailable_bytes{{{chosen}}}) / sum(node_memory_MemTotal_bytes{{{chosen}}})",
                   unit="percentunit", thresholds=steps(GOOD, (0.8, WARNING), (0.95, BAD))),
            number("Fullest disk", "The file system with the least room.",
                   f"max(1 - node_filesystem_avail_bytes{{{disk}}} / node_filesystem_size_bytes{{{disk}}})",
                   unit="percentunit", thresholds=steps(GOOD, (0.8, WARNING), (0.9, BAD))),
            number("Clock offset", "The kernel's estimate of its distance from the time servers.",
                   f"max(abs(node_timex_offset_seconds{{{chosen}}}))", unit="s",
                   thresholds=steps(GOOD, (1, WARNING), (30, BAD))),
            number("Up for", "Since the machine started.", f"time() - max(node_boot_time_seconds{{{chosen}}})",
                   unit="s",
                   thresholds=steps(GOOD), graphed=False),
        ]),
         Row("The machine", [
            graph("What does the CPU do?", "Share of all cores, by mode.",
                  Query(f'avg by (mode) (rate(node_cpu_seconds_total{{mode!="idle", {chosen}}}[{WINDOW}]))',
                        "{{mode}}"),
                  unit="percentunit", stacked=True),
            graph("How is memory used?", "Total, available without swapping, and page caches.",
                  Query(f"sum(node_memory_MemTotal_bytes{{{chosen}}})", "total"),
                  Query(f"sum(node_memory_MemAvailable_bytes{{{chosen}}})", "available"),
                  Query(f"sum(node_memory_Cached_bytes{{{chosen}}})", "caches"), unit="bytes"),
            graph("Does work wait for CPU, memory or disk?", "Share of time in which some process waited.",
                  Query(f"max(rate(node_pressure_cpu_waiting_seconds_total{{{chosen}}}[{WINDOW}]))", "CPU"),
                  Query(f"max(rate(node_pressure_memory_waiting_seconds_total{{{chosen}}}[{WINDOW}]))", "memory"),
                  Query(f"max(rate(node_pressure_io_waiting_seconds_total{{{chosen}}}[{WINDOW}]))", "disk"),
                  unit="percentunit"),
            graph("How full are disks?", "Share of each file system.",
                  Query(f"max by (device, mountpoint) (1 - node_filesystem_avail_bytes{{{disk}}} / "
                        f"node_filesystem_size_bytes{{{disk}}})", "{{mountpoint}}"), unit="percentunit", maximum=1),
            graph("How busy are disks?", "Share of time with a request in progress.",
                  Query(f"max by (device) (rate(node_disk_io_time_seconds_total{{{chosen}}}[{WINDOW}]))", "{{device}}"),
                  unit="percentunit"),
            graph("How much do disks read and write?", "Bytes each second.",
                  Query(f"sum by (device) (rate(node_disk_read_bytes_total{{{chosen}}}[{WINDOW}]))", "{{device}} read"),
                  Query(f"sum by (device) (rate(node_disk_written_bytes_total{{{chosen}}}[{WINDOW}]))",
                        "{{device}} written"), unit="Bps"),
        ]),
         Row("The shop's processes", [
            graph("Which process uses the CPU?", "Seconds of CPU each second: 1 is one core.",
                  Query(rate("process_cpu_seconds_total", 'job="magpie"'), "{{service}}"), unit="none", stacked=True),
            graph("Which process uses the memory?", "Resident memory.",
                  Query('sum by (service) (process_resident_memory_bytes{job="magpie"})', "{{service}}"), unit="bytes",
                  stacked=True),
            bars("How many descriptors are open?", "Of the limit of each process.",
                 Query('max by (service) (process_open_fds{job="magpie"}) / max by (service) '
                       '(process_max_fds{job="magpie"})', "{{service}}"), unit="percentunit", maximum=1,
                 thresholds=steps(GOOD, (0.6, WARNING), (0.85, BAD))),
        ])],
        variables=(variable("instance", "Machine", "label_values(node_boot_time_seconds, instance)"),),
        tags=("engine",))
