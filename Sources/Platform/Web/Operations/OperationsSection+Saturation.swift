import Observability

extension OperationsSection {
    private typealias Cell = OperationsTable.Cell

    /// What the process uses, each beside its limit.
    static func saturation(_ period: MeasuredPeriod) -> OperationsSection {
        OperationsSection(
            id: "saturation", title: "Saturation",
            meaning: "What is limited, and how much of it is used: at its limit requests wait or are refused.",
            runbooks: [
                "ConnectionsExhausted", "DescriptorsNearLimit", "MemoryNearLimit", "DiskAlmostFull", "EventLoopLags",
                "CostlyWorkWaits", "DatabasePoolWaits", "DatabasePoolTimeouts", "RateLimitRefusesMany",
            ],
            tables: [limits(period), load(period), pools(period), refusals(period)])
    }

    /// A resource: its use and its limit are gauges.
    private struct Resource {
        let title: String
        let used: String
        let limit: String
        let format: @Sendable (Double) -> String
        var alerts: [AlertLimit] = []
    }

    private static let resources = [
        Resource(
            title: "Connections of clients", used: "magpie.http.connections", limit: "magpie.http.connections_limit",
            format: Figure.count, alerts: [.connectionsExhausted, .connectionsNearLimit]),
        Resource(
            title: "Memory of request bodies", used: "magpie.request_bodies.memory",
            limit: "magpie.request_bodies.memory_limit", format: Figure.bytes),
        Resource(
            title: "Memory", used: "process.resident_memory", limit: "magpie.memory.limit", format: Figure.bytes,
            alerts: [.memory]),
        Resource(
            title: "File descriptors", used: "process.open_fds", limit: "process.max_fds", format: Figure.count,
            alerts: [.descriptors]),
        Resource(
            title: "Passwords that wait to be hashed", used: "magpie.costly_work.waiting",
            limit: "magpie.costly_work.limit",
            format: Figure.count, alerts: [.costlyWork]),
        Resource(
            title: "Spans to export", used: "magpie.traces.queue_spans", limit: "magpie.traces.queue_limit",
            format: Figure.count),
    ]

    private static func limits(_ period: MeasuredPeriod) -> OperationsTable {
        var rows = resources.flatMap { resource in
            period.values(of: resource.used, by: "service").map { key, used in
                let limit = period.value(of: resource.limit, service: key[0]).flatMap { $0 > 0 ? $0 : nil }
                let share = limit.map { used / $0 }
                let finding = share.flatMap { share in
                    resource.alerts.lazy.compactMap {
                        $0.finding(share, "\(resource.title) of \(key[0]): \(Figure.share(share)) are used.")
                    }.first
                }
                return [
                    Cell(resource.title), Cell(key[0]), Cell(resource.format(used)),
                    Cell(limit.map(resource.format) ?? "none known"), Cell(share.map(Figure.share) ?? "–", finding),
                ]
            }
        }
        for (key, free) in period.values(of: "magpie.disk.free", by: "service") {
            guard let size = period.value(of: "magpie.disk.size", service: key[0]), size > 0 else { continue }
            let finding = AlertLimit.disk.finding(
                free / size, "The disk of \(key[0]): \(Figure.bytes(free)) are free, \(Figure.share(free / size)).")
            rows.append([
                Cell("Disk of the data folder"), Cell(key[0]), Cell(Figure.bytes(size - free)),
                Cell(Figure.bytes(size)), Cell(Figure.share((size - free) / size), finding),
            ])
        }
        return OperationsTable(
            "Resources with a limit",
            [.text("Resource"), .text("Service"), .number("Used"), .number("Limit"), .number("Share")], rows)
    }

    private static func load(_ period: MeasuredPeriod) -> OperationsTable {
        let lags = period.values(of: "magpie.event_loop.lag", by: "service").map { key, lag in
            [
                Cell("Delay of new work on an event loop"), Cell(key[0]),
                Cell(
                    Figure.time(lag),
                    AlertLimit.loopLag.finding(lag, "\(key[0]) begins new work \(Figure.time(lag)) late.")),
            ]
        }
        let active = period.values(of: "http.server.active_requests", by: "service").map { key, count in
            [Cell("Requests in progress"), Cell(key[0]), Cell(Figure.count(count))]
        }
        let cpu = period.increase(of: "process.cpu", by: "service").sorted { $0.key[0] < $1.key[0] }.map { key, used in
            [Cell("Cores of the CPU in use"), Cell(key[0]), Cell(period.rate(used))]
        }
        let threads = period.values(of: "process.threads", by: "service").map { key, count in
            [Cell("Threads"), Cell(key[0]), Cell(Figure.count(count))]
        }
        return OperationsTable(
            "Load", [.text("What"), .text("Service"), .number("Now")], lags + active + cpu + threads)
    }

    private static func pools(_ period: MeasuredPeriod) -> OperationsTable {
        let name = "db.client.connection.pool.name"
        let states = Dictionary(
            period.values(of: "magpie.db.connections", by: name, "service", "db.client.connection.state")
                .map { ($0.key, $0.value) }, uniquingKeysWith: { most, _ in most })
        func byPool(_ metric: String) -> [MeasuredPeriod.Key: Double] {
            Dictionary(period.values(of: metric, by: name, "service"), uniquingKeysWith: { most, _ in most })
        }
        let (most, waiting) = (byPool("db.client.connection.max"), byPool("db.client.connection.pending_requests"))
        let timeouts = period.increase(of: "db.client.connection.timeouts", by: name, "service")
        let waits = period.observed("db.client.connection.wait_time", by: name, "service")
        let keys = Set(most.keys).union(waiting.keys).union(waits.keys).sorted { $0.lexicographicallyPrecedes($1) }
        let rows = keys.map { key in
            let wait = waits[key]?.quantile(0.95)
            let failed = timeouts[key] ?? 0
            let whose = "the pool \(key[0]) of \(key[1])"
            return [
                Cell(key[0]), Cell(key[1]), Cell(states[key + ["used"]].map(Figure.count) ?? "–"),
                Cell(most[key].map(Figure.count) ?? "–"), Cell(waiting[key].map(Figure.count) ?? "–"),
                Cell(
                    time(waits[key], 0.95),
                    wait.flatMap { wait in
                        period.isRecent
                            ? AlertLimit.poolWaits.finding(wait, "Callers wait \(time(waits[key], 0.95)) for \(whose).")
                            : nil
                    }),
                Cell(
                    timeouts[key].map(Figure.count) ?? "–",
                    period.isRecent
                        ? AlertLimit.poolTimeouts.finding(
                            failed, "\(Figure.count(failed)) callers got no connection of \(whose) in time.") : nil),
            ]
        }
        return OperationsTable(
            "Pools of database connections",
            [
                .text("Pool"), .text("Service"), .number("Used"), .number("Limit"), .number("Waiting"),
                .number("Wait p95"), .number("Timeouts"),
            ], rows)
    }

    private static func refusals(_ period: MeasuredPeriod) -> OperationsTable {
        let rows = period.increase(of: "magpie.requests.refused", by: "reason", "service")
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { key, count in [Cell(key[0]), Cell(key[1]), Cell(Figure.count(count))] }
        return OperationsTable(
            "Requests refused to protect the service", [.text("Reason"), .text("Service"), .number("In this period")],
            rows, absence: "None since the start.")
    }
}
