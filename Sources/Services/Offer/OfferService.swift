package import Commerce
package import FoundationEssentials
package import Logging
import ServiceKit

/// offer-service: price rules, promotions, shipping and tax. Needs nothing but its rules, which are loaded from a file.
package final class OfferService: Sendable {
    let activeRules: ActiveRules
    let pricing: PriceCart
    let replacement: ReplaceRules
    let boundary: ErrorBoundary
    private let reload: ReloadRules

    /// Loads the rules. Throws when the file is there but cannot be used: a shop must not open with other prices than
    /// its operator wrote.
    ///
    /// - Parameter rulesFile: Read now and written by ``replaceRules(_:)``. While it does not exist the built-in rules
    ///   are active, which have shipping but no promotions and no tax; nil: always those, and replacements last until
    ///   the process ends.
    package init(rulesFile: URL?, clock: WallClock = .system, logger: Logger) throws {
        let document = try RuleFile.document(at: rulesFile)
        do {
            activeRules = ActiveRules(try Rules(json: document), from: document)
        } catch {
            for fault in error.fields {
                logger.error(
                    "The rules have a fault", metadata: ["field": "\(fault.field)", "detail": "\(fault.detail)"])
            }
            throw error
        }
        boundary = ErrorBoundary(
            of: "The offers", contract: "Offers", service: "offer-service", logger: logger)
        let file = RuleFile(rulesFile)
        pricing = PriceCart(activeRules: activeRules)
        replacement = ReplaceRules(activeRules: activeRules, file: file, clock: clock, logger: logger)
        reload = ReloadRules(activeRules: activeRules, file: file, logger: logger)
    }

    /// Those that some shipping option has a price in: carts in another currency cannot be sent anywhere.
    package var shippingCurrencies: Set<Currency> {
        let options = activeRules.rules.zones.flatMap(\.options)
        return Set(options.flatMap { $0.prices.minorUnits.keys })
    }

    /// Activates the rules that another replica or an editor has written to the file. Throws when the file cannot be
    /// used. The active rules stay as they are then.
    package func reloadRules() async throws { try await reload.run() }
}
