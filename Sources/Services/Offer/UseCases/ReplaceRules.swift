import Commerce
import Logging
import ServiceKit

/// Stores a new rule document, then prices by it.
struct ReplaceRules: Sendable {
    let activeRules: ActiveRules
    let file: RuleFile
    let clock: WallClock
    let logger: Logger
    private let reading = CostlyWork("magpie.offer-rules")

    init(activeRules: ActiveRules, file: RuleFile, clock: WallClock, logger: Logger) {
        self.activeRules = activeRules
        self.file = file
        self.clock = clock
        self.logger = logger
    }

    /// - Parameter actor: Whom the log names.
    func run(_ json: String, by actor: String) async throws {
        let rules = try await reading.run { try Rules(json: json) }
        do {
            try await file.replace(with: json) { activeRules.replace(by: rules, from: json) }
        } catch {
            logger.error("The rules could not be stored", metadata: ["error": "\(error)"])
            throw ServiceError.unavailable("The store of the rules")
        }
        logger.notice(
            "The rules were replaced",
            metadata: [
                "actor": "\(actor)", "promotions": "\(rules.promotions.count)",
                "running": "\(rules.promotions.count { $0.runs(at: clock.now()) })",
            ])
    }
}
