import ArgumentParser
import Foundation
import Logging
import Metrics
import Observability
import ServiceLifecycle
import Telemetry
import UnixSignals

struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Starts every service in this process, on storage in the data folder.")

    @OptionGroup var options: Settings.Options
    @Option(help: "The shop's port (default: 8080).") var port: Int?
    @Option(help: "What a new shop sells in, such as EUR (ISO 4217; default: what its first products are priced in).")
    var currency: String?
    @Flag(help: "Fills an empty shop with the demo catalogue and demo accounts; customers pay with test payments.")
    var demo = false
    @OptionGroup var payments: Settings.Payments

    func run() async throws {
        var settings = try Settings(options, port: port, currency: currency)
        if demo || payments.testPayments { settings.testPayments = true }
        try settings.checkPorts()
        let telemetry = try settings.telemetry.bootstrap(OneProcess.name, level: settings.logLevel)
        let registry = PrometheusRegistry(service: OneProcess.name, declared: MetricList.all)
        MetricsSystem.bootstrap(registry)
        let logger = Logger(label: "magpie")
        warnOfFaults(logger)

        // Before anything is brought up to date under a shop that runs.
        try DataFolder(settings.data).claim()
        let shop = try await OneProcess(settings: settings)
        try await shop.settleCurrency()
        var accounts: [DemoAccount] = []
        if demo { accounts = try await shop.fillWithDemo(report: Console.say) }
        if let problem = try await shop.currencyProblem() {
            logger.warning("The shop cannot sell yet", metadata: ["reason": "\(problem)"])
        }
        let welcome = Welcome(settings: settings, folder: shop.folder, accounts: accounts)

        var configuration = ServiceGroupConfiguration(
            services: (telemetry?.services(logger: logger) ?? [])
                + (try await shop.services(registry: registry, onReady: { welcome.print() })),
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(25)
        try await ServiceGroup(configuration: configuration).run()
        try await shop.close()
    }
}
