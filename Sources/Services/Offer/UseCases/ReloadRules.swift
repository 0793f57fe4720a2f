import Logging

/// Activates the rules that another replica or an editor has written to the file.
struct ReloadRules: Sendable {
    let activeRules: ActiveRules
    let file: RuleFile
    let logger: Logger

    /// Throws when the file cannot be used. The active rules stay as they are then.
    func run() async throws {
        try await file.reload { document in
            guard document != activeRules.document else { return }
            let rules = try Rules(json: document)
            activeRules.replace(by: rules, from: document)
            logger.notice(
                "The rules were reloaded from the file", metadata: ["promotions": "\(rules.promotions.count)"])
        }
    }
}
