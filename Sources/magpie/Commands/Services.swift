import ArgumentParser

/// The list that processes, scripts, manifests and documents follow.
struct Services: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints every service: its port, what it needs, calls and consumes.")
    @Flag(help: "As JSON, for scripts.") var json = false

    func run() throws {
        if json { return Console.say(try Self.json()) }
        let titles = ["service", "port", "protocol", "needs", "better with", "calls", "consumes"]
        Console.table(titles, ServiceDescription.all.map(Self.row))
    }

    static func json() throws -> String { try Console.json(ServiceDescription.all) }

    private static func row(_ service: ServiceDescription) -> [String] {
        [
            service.name, service.port.map(String.init) ?? "", service.protocols,
            service.needs.joined(separator: " "), service.uses.joined(separator: " "),
            service.calls.joined(separator: " "), service.consumes.joined(separator: " "),
        ]
    }
}
