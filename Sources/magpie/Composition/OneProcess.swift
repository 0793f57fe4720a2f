import AnalyticsIngestService
import AnalyticsService
import AuditService
import AuthService
import CartService
import EventLog
import Foundation
import Identity
import Logging
import NotificationService
import OfferService
import OrderService
import ProductService

/// Every service in this process, joined by method calls.
struct Shop: Sendable {
    let settings: Settings
    let folder: DataFolder
    let engines: Engines
    let assembly: Assembly
    let logger: Logger
    var eventLog: any EventLog { get throws { try engines.eventLog } }

    let accounts: AuthService
    let products: ProductService
    let catalogueChanges = CatalogueChanges()
    let offers: OfferService
    let carts: CartService
    let orders: OrderService
    let ingest: AnalyticsIngestService
    let reports: AnalyticsService
    let notifications: NotificationService
    let audit: AuditService
    let verifier: TokenVerifier

    /// Opens the engines, brings their schemas up to date and joins the services. Nothing runs yet.
    ///
    /// - Parameter quiet: For short commands: logs warnings only.
    init(settings: Settings, upkeep: Engines.Upkeep = .all, quiet: Bool = false) async throws {
        self.settings = settings
        logger = settings.logger("magpie", quiet: quiet)
        let folder = DataFolder(settings.data)
        try folder.prepare()
        self.folder = folder
        engines = try await Engines(settings: settings.engines, upkeep: upkeep, logger: logger) { folder }
        assembly = Assembly(settings: settings, engines: engines, folder: { folder }, quiet: quiet)
        accounts = try await assembly.accounts()
        products = try await assembly.products(changed: catalogueChanges.tell)
        offers = try assembly.offers()
        carts = try await assembly.carts(products: products, offers: offers)
        orders = try await assembly.orders(carts: carts, products: products, offers: offers)
        ingest = try assembly.ingest()
        reports = try await assembly.reports()
        notifications = try await assembly.notifications()
        audit = try await assembly.audit()
        verifier = assembly.verifier(of: accounts)
    }

    /// The shop for a short command, which may run beside it: schemas on servers must be as this program needs them, and
    /// stay so. Throws what is wrong with them.
    ///
    /// - Parameter new: Whether the command may be a shop's first; else a folder without one is a mistake.
    static func forCommand(_ settings: Settings, new: Bool = false) async throws -> Shop {
        guard new || settings.engines.database != nil || DataFolder(settings.data).holdsShop else {
            throw Fault("there is no shop in \(settings.data.path): check --data and MAGPIE_DATA")
        }
        let shop = try await Shop(settings: settings, upkeep: .files, quiet: true)
        do {
            try await shop.engines.checkSchemas()
        } catch {
            try? await shop.close()
            throw error
        }
        return shop
    }

    /// Puts on record for the audit log what the operator is about to do. Throws `Fault` when that is not possible: then
    /// nothing may be done.
    func record(_ acts: [StaffAct]) async throws {
        do {
            try await assembly.record(acts, by: Operator.actor, source: "magpie")
        } catch {
            throw Fault("nothing was done, as its audit record cannot be written: \(error)")
        }
    }

    /// Closes the engines. Throws the first failure, after trying them all.
    func close() async throws { try await engines.close() }
}
