import Observability

extension OperationsSection {
    private typealias Cell = OperationsTable.Cell

    /// Events that wait to be published.
    static func outbox(_ period: MeasuredPeriod) -> OperationsSection {
        let waiting = Dictionary(
            period.values(of: "magpie.outbox.events", by: "service"), uniquingKeysWith: { most, _ in most })
        let published = period.increase(of: "magpie.events.published", by: "service")
        let rows = period.values(of: "magpie.outbox.oldest_age", by: "service").map { key, age in
            [
                Cell(key[0]), Cell(waiting[key].map(Figure.count) ?? "–"),
                Cell(
                    Figure.time(age),
                    AlertLimit.outboxAge.finding(
                        age, "The oldest event in the outbox of \(key[0]) has waited for \(Figure.time(age)).")),
                Cell(published[key].map(Figure.count) ?? "–"),
            ]
        }
        return OperationsSection(
            id: "outbox", title: "Outbox",
            meaning: "Events that are stored and not yet published; customers can order all the same.",
            runbooks: ["OutboxStands"],
            tables: [
                OperationsTable(
                    "Waiting events",
                    [
                        .text("Service"), .number("Waiting"), .number("Oldest"), .number("Published in this period"),
                    ], rows)
            ])
    }

    /// What consumers have handled, still have to handle, and could not.
    static func consumers(_ period: MeasuredPeriod) -> OperationsSection {
        OperationsSection(
            id: "consumers", title: "Consumers and dead letters",
            meaning: """
                Events that consumers have not handled yet, and those they could not handle: emails, reports or audit \
                records are late or missing.
                """,
            runbooks: ["ConsumerLags", "ConsumerLagUnknown", "ConsumerStands", "DeadLetters", "DeadLettersGrow"],
            tables: [topics(period), deadLetters(period)])
    }

    private static func topics(_ period: MeasuredPeriod) -> OperationsTable {
        let handled = period.increase(of: "magpie.events.handled", by: "topic", "service", "outcome")
        let delays = period.observed("magpie.event.delay", by: "topic", "service")
        let lags = Dictionary(
            period.values(of: "magpie.consumer.lag_events", by: "topic", "service"),
            uniquingKeysWith: { most, _ in most })
        let keys = Set(lags.keys).union(delays.keys).sorted { $0.lexicographicallyPrecedes($1) }
        let rows = keys.map { key in
            let lag = lags[key]
            return [
                Cell(key[0]), Cell(key[1]), Cell(lag.map(Figure.count) ?? "–", lag.flatMap { lagFinding($0, key) }),
                Cell(handled[key + ["handled"]].map(Figure.count) ?? "0"),
                Cell(handled[key + ["failed"]].map(Figure.count) ?? "0"), Cell(time(delays[key], 0.95)),
            ]
        }
        return OperationsTable(
            "Consumers",
            [
                .text("Topic"), .text("Service"), .number("Lag"), .number("Handled"), .number("Failed attempts"),
                .number("Delay p95"),
            ], rows)
    }

    private static func lagFinding(_ lag: Double, _ key: MeasuredPeriod.Key) -> Finding? {
        // As the metric has it when the event log did not answer.
        if lag.isNaN {
            return Finding(
                alert: "ConsumerLagUnknown", severity: .page, text: "\(key[1]) cannot tell its lag in \(key[0]).")
        }
        return AlertLimit.lag.finding(lag, "\(key[1]) has \(Figure.count(lag)) events of \(key[0]) to handle.")
    }

    private static func deadLetters(_ period: MeasuredPeriod) -> OperationsTable {
        let added = period.increase(of: "magpie.events.handled", by: "service") { $0["outcome"] == "dead_letter" }
        let rows = period.values(of: "magpie.dead_letters", by: "service").map { key, count in
            [
                Cell(key[0]),
                Cell(
                    Figure.count(count),
                    AlertLimit.deadLetters.finding(count, "\(key[0]) could not handle \(Figure.count(count)) events.")),
                Cell(Figure.count(added[key] ?? 0)),
            ]
        }
        return OperationsTable(
            "Dead letters", [.text("Service"), .number("Dead letters"), .number("New in this period")], rows)
    }
}
