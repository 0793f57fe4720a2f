import SQL

/// An error of the server or of the connection, by SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html
struct PostgresFailure: Error {
    /// Five characters; empty when the connection itself failed.
    var state: String
    var message: String
    /// The constraint at fault, where there is one.
    var constraint: String?
    /// Whether the session is of no more use.
    var endsSession: Bool

    /// Serialization failures, deadlocks and plans of another schema: the same transaction may succeed when it is run again.
    var isRetryable: Bool { state == "40001" || state == "40P01" || isStalePlan }
    /// A migration has changed the columns of a prepared statement.
    var isStalePlan = false
    /// The session is read-only: the server is, or was when the session began. Such a session may survive a failover and
    /// refuse writes that the server accepts again.
    var isReadOnly: Bool { state == "25006" }
    /// The statement was cancelled, by its caller or by its timeout.
    var isCancellation: Bool { state == "57014" }

    var error: SQLError {
        let text = constraint.map { "\($0): \(message)" } ?? message
        return switch state {
        case "23505": .unique(text)
        case "23514", "23502": .check(text)
        case "23503": .foreignKey(text)
        case "53100", "58030", "25006": .unwritable(text)
        default: isOutage ? .unavailable(text) : .other("\(text) (\(state))")
        }
    }

    /// Lost connections (08), resources (53), interventions (57), locks not to be had, and retries that ran out.
    private var isOutage: Bool {
        endsSession || isRetryable || state == "55P03"
            || ["08", "53", "57", "58"].contains(state.prefix(2))
    }
}
