import ServiceKit

/// Records the actions of staff durably, for the audit log.
struct StaffActionLog: Sendable {
    let write: @Sendable (_ action: String, _ subject: String, _ details: [String: String]) async throws -> Void

    /// Comes before personal data is read, and after any other action. A repeated request under the same key records
    /// again, so a record that was lost in between is not missing.
    func record(
        _ action: String, _ subject: String, _ details: [String: String] = [:], replayed: Bool = false
    ) async throws {
        var details = details
        if replayed { details["replayed"] = "true" }
        try await write(action, subject, details)
    }
}
