import Observability

extension OperationsSection {
    private typealias Cell = OperationsTable.Cell

    /// Results of a call for which the called service is to blame, by the semantic conventions for RPC.
    private static let faults: Set<String> = [
        "UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
    ]
    private static let mostRows = 10
    private static let requests = "http.server.request.duration"
    private static let calls = "rpc.server.call.duration"
    private static let quantiles: [OperationsTable.Column] = [.number("p50"), .number("p95"), .number("p99")]

    /// Requests and calls: how many, which share fails, how long they take.
    static func traffic(_ period: MeasuredPeriod) -> OperationsSection {
        OperationsSection(
            id: "traffic", title: "Traffic, errors and latency",
            meaning: """
                How many requests come in, which share fails for a fault of ours, and how long they take; p95 is the \
                time that 95 of 100 do not exceed, estimated from buckets.
                """,
            runbooks: ["BrowseAvailabilityBurn", "CheckoutAvailabilityBurn", "BrowseLatencyBurn", "BrowseNoTraffic"],
            tables: [requestsByService(period), busiestRoutes(period), callsByService(period)])
    }

    private static func requestsByService(_ period: MeasuredPeriod) -> OperationsTable {
        let outcomes = period.outcomes(of: requests, by: "service") { isServerError($0["http.response.status_code"]) }
        let total = totals(of: requests, in: period)
        let rows = outcomes.sorted { $0.key[0] < $1.key[0] }.map { key, one in
            [
                Cell(key[0]), Cell(Figure.count(total[key] ?? 0)), Cell(period.rate(one.count)),
                errors(one.failed, of: one.count, in: period, "\(key[0]) answers"),
            ] + times(one.all)
        }
        return OperationsTable(
            "HTTP requests by service",
            [.text("Service"), .number("Since start"), .number("Per second"), .number("5xx")] + quantiles, rows)
    }

    private static func busiestRoutes(_ period: MeasuredPeriod) -> OperationsTable {
        let routes = period.outcomes(of: requests, by: "http.request.method", "http.route", "service") {
            isServerError($0["http.response.status_code"])
        }
        let rows = busiest(routes).map { key, one in
            [Cell("\(key[0]) \(key[1])"), Cell(key[2])] + figures(one, in: period) + times(one.all)
        }
        return OperationsTable(
            "Routes with the most requests",
            [.text("Route"), .text("Service"), .number("Per second"), .number("5xx")] + quantiles, rows,
            absence: routes.isEmpty ? "Not measured yet." : "No requests in this period.")
    }

    private static func callsByService(_ period: MeasuredPeriod) -> OperationsTable {
        let outcomes = period.outcomes(of: calls, by: "service") { isFault($0["rpc.response.status_code"]) }
        let total = totals(of: calls, in: period)
        let rows = outcomes.sorted { $0.key[0] < $1.key[0] }.map { key, one in
            [Cell(key[0]), Cell(Figure.count(total[key] ?? 0))] + figures(one, in: period) + times(one.all)
        }
        return OperationsTable(
            "Calls by other services, by the service called",
            [.text("Service"), .number("Since start"), .number("Per second"), .number("Failed")] + quantiles, rows)
    }

    /// Calls between services by method and by who is called.
    static func calls(_ period: MeasuredPeriod) -> OperationsSection {
        OperationsSection(
            id: "calls", title: "Calls between services",
            meaning: """
                Which methods of the services here are called most, and how the services that this process calls \
                respond; an open circuit breaker refuses calls at once.
                """,
            runbooks: ["CircuitBreakerOpen"],
            tables: [busiestMethods(period), calledServices(period), otherServers(period)])
    }

    private static func busiestMethods(_ period: MeasuredPeriod) -> OperationsTable {
        let methods = period.outcomes(of: calls, by: "rpc.method", "service") {
            isFault($0["rpc.response.status_code"])
        }
        let rows = busiest(methods).map { key, one in
            [Cell(key[0]), Cell(key[1])] + figures(one, in: period) + times(one.all)
        }
        return OperationsTable(
            "Methods with the most calls",
            [.text("Method"), .text("Service"), .number("Per second"), .number("Failed")] + quantiles, rows,
            absence: methods.isEmpty ? "Not measured yet." : "No calls in this period.")
    }

    private static func calledServices(_ period: MeasuredPeriod) -> OperationsTable {
        let outcomes = period.outcomes(of: "rpc.client.call.duration", by: "server.address", "service") {
            isFault($0["rpc.response.status_code"])
        }
        let breakers = Dictionary(
            period.values(of: "magpie.circuit_breaker.open", by: "server.address", "service"),
            uniquingKeysWith: { most, _ in most })
        let keys = Set(outcomes.keys).union(breakers.keys).sorted { $0.lexicographicallyPrecedes($1) }
        let rows = keys.map { key in
            let one = outcomes[key]
            let breaker = breakers[key]
            return [
                Cell(key[0]), Cell(key[1]), Cell(one.map { period.rate($0.count) } ?? "not measured"),
                Cell(share(one?.failed ?? 0, of: one?.count ?? 0)), Cell(time(one?.all, 0.95)),
                Cell(
                    breaker.map { $0 == 1 ? "open" : "closed" } ?? "not measured",
                    breaker.flatMap { AlertLimit.breakerOpen.finding($0, "\(key[1]) does not call \(key[0]).") }),
            ]
        }
        return OperationsTable(
            "Services called over the network",
            [
                .text("Called"), .text("By"), .number("Per second"), .number("Failed"), .number("p95"),
                .text("Circuit breaker"),
            ], rows, absence: "Not measured yet: in one process services call each other directly.")
    }

    private static func otherServers(_ period: MeasuredPeriod) -> OperationsTable {
        let outcomes = period.outcomes(of: "http.client.request.duration", by: "server.address", "service") {
            $0["error.type"].map { !$0.isEmpty } ?? false || isServerError($0["http.response.status_code"])
        }
        let rows = outcomes.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, one in
            [Cell(key[0]), Cell(key[1])] + figures(one, in: period) + [Cell(time(one.all, 0.95))]
        }
        return OperationsTable(
            "Other servers called over HTTP",
            [.text("Called"), .text("By"), .number("Per second"), .number("Failed"), .number("p95")], rows)
    }

    private static func busiest(
        _ outcomes: [MeasuredPeriod.Key: MeasuredPeriod.Outcomes]
    ) -> [(key: MeasuredPeriod.Key, value: MeasuredPeriod.Outcomes)] {
        let sorted = outcomes.filter { $0.value.count > 0 }.sorted {
            $0.value.count == $1.value.count
                ? $0.key.lexicographicallyPrecedes($1.key) : $0.value.count > $1.value.count
        }
        return Array(sorted.prefix(mostRows))
    }

    private static func totals(of metric: String, in period: MeasuredPeriod) -> [MeasuredPeriod.Key: Double] {
        let all = MeasuredPeriod(now: period.now, before: nil, seconds: nil)
        return all.observed(metric, by: "service").mapValues { Double($0.count) }
    }

    private static func errors(
        _ failures: Double, of requests: Double, in period: MeasuredPeriod, _ subject: String
    ) -> Cell {
        let share = share(failures, of: requests)
        let isMany = requests >= AlertLimit.burnMinimum.requests && failures >= AlertLimit.burnMinimum.failures
        guard period.isRecent, isMany else { return Cell(share) }
        return Cell(
            share, AlertLimit.burn.finding(failures / requests, "\(subject) \(share) of its requests with 5xx."))
    }

    private static func isServerError(_ status: String?) -> Bool { status?.hasPrefix("5") ?? false }
    private static func isFault(_ status: String?) -> Bool { status.map(faults.contains) ?? false }
    private static func times(_ observed: Distribution) -> [Cell] {
        [0.5, 0.95, 0.99].map { Cell(time(observed, $0)) }
    }
}

extension OperationsSection {
    /// How many there are each second, and which share of them failed.
    static func figures(_ one: MeasuredPeriod.Outcomes, in period: MeasuredPeriod) -> [OperationsTable.Cell] {
        [OperationsTable.Cell(period.rate(one.count)), OperationsTable.Cell(share(one.failed, of: one.count))]
    }

    /// A part of a whole; of nothing, none.
    static func share(_ part: Double, of whole: Double) -> String { whole > 0 ? Figure.share(part / whole) : "–" }

    /// A time that a share of the observations does not exceed.
    static func time(_ observed: Distribution?, _ share: Double) -> String {
        guard let observed, let time = observed.quantile(share) else { return "–" }
        return time.isFinite ? Figure.time(time) : "> " + Figure.time(observed.bounds.last ?? 0)
    }
}
