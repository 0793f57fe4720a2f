import ArgumentParser
import Foundation
import Logging
import Metrics
import Observability
import ServiceKit
import ServiceLifecycle
import Telemetry
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Starts one service alone, on PostgreSQL, Redis and Kafka as the settings name them.")

    @Argument(help: "Its name: \(ServiceList.names.joined(separator: ", ")).") var service: String
    @OptionGroup var options: Settings.Options
    @Option(help: "The port it listens on (default: the service's own).") var port: Int?
    @OptionGroup var payments: Settings.Payments

    func run() async throws {
        guard let module = ServiceList.module(named: service) else {
            throw ValidationError("there is no service '\(service)'")
        }
        let (name, standardPort) = (module.declaration.name, module.declaration.port)
        var settings = try Settings(options, port: port, standardPort: standardPort ?? Settings.standardPort)
        if payments.testPayments { settings.testPayments = true }
        try settings.checkPorts(listensPublicly: standardPort != nil)
        let telemetry = try settings.telemetry.bootstrap(name, level: settings.logLevel)
        let registry = PrometheusRegistry(service: name, declared: MetricList.all)
        MetricsSystem.bootstrap(registry)
        warnOfFaults(Logger(label: name))

        let process = try await OneService(module, settings: settings)
        do {
            var configuration = ServiceGroupConfiguration(
                services: (telemetry?.services(logger: Logger(label: name)) ?? [])
                    + (try await process.services(registry: registry)),
                gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: name))
            configuration.maximumGracefulShutdownDuration = .seconds(25)
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            try? await process.close()
            throw error
        }
        try await process.close()
    }
}

/// Says that this process can be made to crash, which no shop that sells should allow.
func warnOfFaults(_ logger: Logger) {
    guard let folder = FaultPoints.environmentFolder else { return }
    logger.warning("Files in MAGPIE_FAULT_FOLDER kill this process: for tests only", metadata: ["path": "\(folder)"])
}
