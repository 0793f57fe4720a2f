import ArgumentParser
import Foundation
import Logging
import Metrics
import Observability
import ServiceKit
import ServiceLifecycle
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Starts one service alone, on PostgreSQL, Redis and Kafka as the settings name them.")

    @Argument(help: "Its name: \(ServiceCatalogue.services.map(\.name).joined(separator: ", ")).") var service: String
    @OptionGroup var options: Settings.Options
    @Option(help: "The port it listens on (default: the service's own).") var port: Int?
    @OptionGroup var payments: Settings.Payments

    func run() async throws {
        guard let entry = ServiceCatalogue.services.first(where: { $0.name == service }) else {
            throw ValidationError("there is no service '\(service)'")
        }
        var settings = try Settings(options, port: port, standardPort: entry.port ?? Settings.standardPort)
        if payments.testPayments { settings.testPayments = true }
        try settings.checkPorts(listensPublicly: entry.port != nil)
        bootstrapLogging(level: settings.logLevel)
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        warnOfFaults(Logger(label: entry.name))

        var process = try await ServiceProcess(entry, settings: settings)
        do {
            var configuration = ServiceGroupConfiguration(
                services: try await process.services(registry: registry),
                gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: entry.name))
            configuration.maximumGracefulShutdownDuration = .seconds(25)
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            try? await process.close()
            throw error
        }
        try await process.close()
    }
}

/// No shop that sells may be told to crash.
func warnOfFaults(_ logger: Logger) {
    guard let folder = FaultPoints.environmentFolder else { return }
    logger.warning("Files in MAGPIE_FAULT_FOLDER kill this process: for tests only", metadata: ["path": "\(folder)"])
}
