import AuthContract
package import Commerce
package import FoundationEssentials
package import Logging
package import OfferContract
import ServiceKit
import Synchronization

/// Price rules, promotions, shipping and tax. Needs nothing but its rules, which are loaded from a file.
package final class OfferService: Offers {
    private struct InForce {
        var document: String
        var rules: Rules
    }

    private let inForce: Mutex<InForce>
    private let file: RuleFile
    private let clock: WallClock
    private let logger: Logger
    private let reading = CostlyWork("magpie.offer-rules")

    /// Loads the rules. Throws when the file is there but cannot be used: a shop must not open with other prices than
    /// its operator wrote.
    ///
    /// - Parameter rulesFile: Read now and written by ``replaceRules(_:)``. While it does not exist the built-in rules
    ///   are in force, which have shipping but no promotions and no tax; nil: always those, and replacements last until
    ///   the process ends.
    package init(rulesFile: URL?, clock: WallClock = .system, logger: Logger) throws {
        let document = try RuleFile.document(at: rulesFile)
        do {
            inForce = Mutex(InForce(document: document, rules: try Rules(json: document)))
        } catch {
            for fault in error.fields {
                logger.error(
                    "The rules have a fault", metadata: ["field": "\(fault.field)", "detail": "\(fault.detail)"])
            }
            throw error
        }
        file = RuleFile(rulesFile)
        self.clock = clock
        self.logger = logger
    }

    /// Those that some shipping option has a price in: carts in another currency cannot be sent anywhere.
    package var shippingCurrencies: Set<Currency> {
        let options = inForce.withLock(\.rules).zones.flatMap(\.options)
        return Set(options.flatMap { $0.prices.minorUnits.keys })
    }

    package func price(_ request: PricingRequest) async throws -> PricedCart {
        try pricing(request).cart
    }

    package func shippingOptions(_ request: PricingRequest) async throws -> [ShippingOption] {
        try pricing(request).shippingOptions
    }

    /// Staff, `offers:write`: the document names coupon codes.
    package func rules() async throws -> String {
        try CallContext.current.principal.require(.offersWrite)
        return inForce.withLock(\.document)
    }

    package func replaceRules(_ json: String) async throws {
        let caller = CallContext.current.principal
        try caller.require(.offersWrite)
        let rules = try await reading.run { try Rules(json: json) }
        do {
            try await file.replace(with: json) {
                self.inForce.withLock { $0 = InForce(document: json, rules: rules) }
            }
        } catch {
            logger.error("The rules could not be stored", metadata: ["error": "\(error)"])
            throw ServiceError.unavailable("The store of the rules")
        }
        logger.notice(
            "The rules were replaced",
            metadata: [
                "actor": "\(caller.name)", "promotions": "\(rules.promotions.count)",
                "running": "\(rules.promotions.count { $0.runs(at: clock.now()) })",
            ])
    }

    /// Brings into force what somebody else has written into the file: another replica, an editor. Throws when it cannot
    /// be used; the rules stay as they are then.
    package func rereadRules() async throws {
        try await file.reread { document in
            guard document != inForce.withLock(\.document) else { return }
            let rules = try Rules(json: document)
            inForce.withLock { $0 = InForce(document: document, rules: rules) }
            logger.notice(
                "The file has other rules: they are in force", metadata: ["promotions": "\(rules.promotions.count)"])
        }
    }

    private func pricing(_ request: PricingRequest) throws(ServiceError) -> Pricing {
        try request.check()
        let rules = inForce.withLock(\.rules)
        do {
            return try rules.price(request)
        } catch {
            throw ServiceError(.invalid, code: "amount_too_large", "The amounts of this cart are too large.")
        }
    }
}
