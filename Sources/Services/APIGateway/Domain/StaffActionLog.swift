import ServiceKit

/// Puts what staff did on durable record.
struct StaffRecord: Sendable {
    let write: @Sendable (_ action: String, _ subject: String, _ details: [String: String]) async throws -> Void

    /// Comes before personal data is read. Comes after any other deed, and again when it is repeated under the same key: a
    /// record that got lost between the two is then made up for.
    func note(
        _ action: String, _ subject: String, _ details: [String: String] = [:], replayed: Bool = false
    ) async throws {
        var details = details
        if replayed { details["replayed"] = "true" }
        try await write(action, subject, details)
    }
}
