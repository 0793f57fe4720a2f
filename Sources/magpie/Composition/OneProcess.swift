import EventLog
import Foundation
import Logging

/// Every service in this process, joined by method calls.
struct OneProcess: Sendable {
    /// The name of the process, for metrics of what its services share.
    static let name = "magpie"

    let settings: Settings
    let folder: DataFolder
    let backends: Backends
    let composition: Composition
    let logger: Logger
    var eventLog: any EventLog { get throws { try backends.eventLog } }

    /// Opens the backends, brings their schemas up to date and makes all services but the public ones, which
    /// ``services(registry:onReady:)`` makes. Nothing runs yet.
    ///
    /// - Parameter quiet: For short commands: logs warnings only.
    init(settings: Settings, upkeep: Backends.Upkeep = .all, quiet: Bool = false) async throws {
        self.settings = settings
        logger = settings.logger(Self.name, quiet: quiet)
        let folder = DataFolder(settings.data)
        try folder.prepare()
        self.folder = folder
        backends = try await Backends(
            settings: settings.backends, of: Self.name, upkeep: upkeep, logger: logger
        ) { folder }
        composition = Composition(settings: settings, backends: backends, quiet: quiet, logger: logger) { folder }
        for module in ServiceList.inOrderOfCalls where !module.declaration.isPublic {
            try await composition.make(module)
        }
    }

    /// The shop for a short command, which may run beside it: schemas on servers must be as this program needs them, and
    /// stay so. Throws what is wrong with them.
    ///
    /// - Parameter new: Whether the command may be a shop's first; else a folder without one is a mistake.
    static func forCommand(_ settings: Settings, new: Bool = false) async throws -> OneProcess {
        guard new || settings.backends.database != nil || DataFolder(settings.data).holdsShop else {
            throw Fault("there is no shop in \(settings.data.path): check --data and MAGPIE_DATA")
        }
        let shop = try await OneProcess(settings: settings, upkeep: .files, quiet: true)
        do {
            try await shop.backends.checkSchemas()
        } catch {
            try? await shop.close()
            throw error
        }
        return shop
    }

    /// Puts on record for the audit log what the operator is about to do. Throws `Fault` when that is not possible: then
    /// nothing may be done.
    func record(_ actions: [StaffAction]) async throws {
        do {
            try await eventLog.record(actions, by: Operator.actor, source: "magpie")
        } catch {
            throw Fault("nothing was done, as its audit record cannot be written: \(error)")
        }
    }

    /// Closes the backends. Throws the first failure, after trying them all.
    func close() async throws { try await backends.close() }
}
