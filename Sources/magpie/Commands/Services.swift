import ArgumentParser
import Foundation

/// The list that processes, scripts, manifests and documents follow.
struct Services: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints every service: its port, what it needs, calls and consumes.")
    @Flag(help: "As JSON, for scripts.") var json = false

    func run() throws {
        if json { return Console.say(try Self.json()) }
        for line in Self.table(ServiceDescription.all) { Console.say(line) }
    }

    static func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(ServiceDescription.all), as: UTF8.self)
    }

    /// Columns as wide as their longest cell.
    private static func table(_ services: [ServiceDescription]) -> [String] {
        let titles = ["service", "port", "protocol", "needs", "better with", "calls", "consumes"]
        let rows = [titles] + services.map(row)
        let widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
            return cells.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }
    }

    private static func row(_ service: ServiceDescription) -> [String] {
        [
            service.name, service.port.map(String.init) ?? "", service.protocols,
            service.needs.joined(separator: " "), service.uses.joined(separator: " "),
            service.calls.joined(separator: " "), service.consumes.joined(separator: " "),
        ]
    }
}
