import Observability

extension OperationsSection {
    private typealias Cell = OperationsTable.Cell

    /// What the services ask of databases and other stores.
    static func stores(_ period: MeasuredPeriod) -> OperationsSection {
        let outcomes = period.outcomes(
            of: "db.client.operation.duration", by: "db.namespace", "db.operation.name", "db.system.name", "service"
        ) { !($0["error.type"] ?? "").isEmpty }
        let rows = outcomes.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, one in
            [Cell("\(key[0]) \(key[1])"), Cell(key[3]), Cell(key[2])] + figures(one, in: period)
                + [Cell(time(one.all, 0.95))]
        }
        return OperationsSection(
            id: "stores", title: "Databases",
            meaning: "Transactions and commands of the services, waiting for a connection included.",
            runbooks: ["ServiceNotReady", "DatabasePoolWaits"],
            tables: [
                OperationsTable(
                    "Operations",
                    [
                        .text("Operation"), .text("Service"), .text("System"), .number("Per second"), .number("Errors"),
                        .number("p95"),
                    ], rows)
            ])
    }
}
