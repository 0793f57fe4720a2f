import Observability

extension OperationsSection {
    private typealias Cell = OperationsTable.Cell

    /// Checkouts, cancellations and refunds that have not ended, and their steps.
    static func sagas(_ period: MeasuredPeriod) -> OperationsSection {
        let ages = period.values(of: "magpie.saga.oldest_unfinished_age", by: "service")
        let unfinished = Dictionary(
            period.values(of: "magpie.saga.unfinished", by: "service"), uniquingKeysWith: { most, _ in most })
        let placed = period.increase(of: "magpie.orders.placed", by: "service")
        let rows = ages.map { key, age in
            [
                Cell(key[0]), Cell(unfinished[key].map(Figure.count) ?? "–"),
                Cell(
                    Figure.time(age),
                    AlertLimit.sagaAge.finding(
                        age, "A checkout, cancellation or refund has not ended for \(Figure.time(age)).")
                ),
                Cell(placed[key].map(Figure.count) ?? "–"),
            ]
        }
        return OperationsSection(
            id: "sagas", title: "Orders",
            meaning: """
                Checkouts, cancellations and refunds that have not ended hold money and stock; an interrupted one is \
                taken over after half a minute.
                """,
            runbooks: ["SagaStands"],
            tables: [
                OperationsTable(
                    "Unfinished",
                    [
                        .text("Service"), .number("Unfinished"), .number("Oldest"),
                        .number("Orders placed in this period"),
                    ],
                    rows),
                OperationsTable(
                    "Steps in this period",
                    [.text("Step"), .number("Done"), .number("Refused"), .number("Failed"), .number("Undone")],
                    matrix(
                        period.increase(of: "magpie.saga.steps", by: "step", "outcome"),
                        ["done", "refused", "failed", "undone"])),
            ])
    }

    /// Operations on payments by their result.
    static func payments(_ period: MeasuredPeriod) -> OperationsSection {
        let results = ["succeeded", "declined", "failed", "unknown"]
        let counts = period.increase(of: "magpie.payments", by: "provider", "operation", "result")
        let rows = Dictionary(grouping: counts.keys) { Array($0.prefix(2)) }.keys
            .sorted { $0.lexicographicallyPrecedes($1) }
            .map { key in
                [Cell(key.joined(separator: " "))] + results.map { Cell(counts[key + [$0]].map(Figure.count) ?? "–") }
            }
        let providers = Dictionary(grouping: counts) { $0.key[0] }.sorted { $0.key < $1.key }.map { provider, counts in
            let total = counts.reduce(0) { $0 + $1.value }
            let failed = counts.filter { ["failed", "unknown"].contains($0.key[2]) }.reduce(0) { $0 + $1.value }
            let text = share(failed, of: total)
            let finding =
                period.isRecent && failed >= 3
                ? AlertLimit.payments.finding(
                    failed / total, "\(text) of the operations at the payment provider \(provider) failed.") : nil
            return [Cell(provider), Cell(Figure.count(total)), Cell(text, finding)]
        }
        return OperationsSection(
            id: "payments", title: "Payments",
            meaning: "What payment providers answered in this period; a declined card is a result, not a failure.",
            runbooks: ["PaymentsFail"],
            tables: [
                OperationsTable(
                    "By provider", [.text("Provider"), .number("Operations"), .number("Failed or unknown")], providers),
                OperationsTable(
                    "By operation",
                    [
                        .text("Operation"), .number("Succeeded"), .number("Declined"), .number("Failed"),
                        .number("Unknown"),
                    ], rows),
            ])
    }

    /// Emails by kind and outcome.
    static func mails(_ period: MeasuredPeriod) -> OperationsSection {
        let counts = period.increase(of: "magpie.mails", by: "kind", "outcome")
        let abandoned = counts.filter { $0.key[1] == "failed" }.reduce(0) { $0 + $1.value }
        let finding =
            period.isRecent
            ? AlertLimit.mailsAbandoned.finding(abandoned, "\(Figure.count(abandoned)) emails were abandoned.") : nil
        let rows = Set(counts.keys.map { $0[0] }).sorted().map { kind in
            [
                Cell(kind), Cell(counts[[kind, "sent"]].map(Figure.count) ?? "–"),
                Cell(
                    counts[[kind, "failed"]].map(Figure.count) ?? "–",
                    counts[[kind, "failed"]] ?? 0 > 0 ? finding : nil),
            ]
        }
        return OperationsSection(
            id: "mails", title: "Emails",
            meaning: """
                Emails sent in this period, those abandoned after three days or refused for good, and those that wait: \
                while the mail server fails, these get older.
                """,
            runbooks: ["MailsNotSent", "MailsAbandoned"],
            tables: [
                OperationsTable("By kind", [.text("Kind"), .number("Sent"), .number("Abandoned")], rows),
                OperationsTable(
                    "Waiting to be sent", [.text("Service"), .number("Waiting"), .number("Oldest")],
                    queuedMails(period)),
            ])
    }

    private static func queuedMails(_ period: MeasuredPeriod) -> [[Cell]] {
        let waiting = Dictionary(
            period.values(of: "magpie.mails.queued", by: "service"), uniquingKeysWith: { most, _ in most })
        return period.values(of: "magpie.mails.oldest_queued_age", by: "service").map { key, age in
            [Cell(key[0]), Cell(waiting[key].map(Figure.count) ?? "–"), Cell(Figure.time(age))]
        }
    }

    /// Numbers by two labels: a row for each value of the first, a column for each of these of the second.
    private static func matrix(_ counts: [MeasuredPeriod.Key: Double], _ columns: [String]) -> [[Cell]] {
        Set(counts.keys.map { $0[0] }).sorted().map { name in
            [Cell(name)] + columns.map { Cell(counts[[name, $0]].map(Figure.count) ?? "–") }
        }
    }
}
