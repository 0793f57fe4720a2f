import ServiceKit

/// The error of a database.
package enum SQLError: OutageError, Hashable, Sendable, CustomStringConvertible {
    /// A UNIQUE or PRIMARY KEY constraint; `table.column` where the engine reports it.
    case unique(String)
    case check(String)
    case foreignKey(String)
    /// The engine cannot be reached or is too busy; the same call may succeed later.
    case unavailable(String)
    /// The engine responds, but its disk is full or cannot be written, or it is read-only. Nothing has changed.
    case unwritable(String)
    case decoding(String)
    case other(String)

    package var isOutage: Bool {
        switch self {
        case .unavailable, .unwritable: true
        default: false
        }
    }

    /// `error.type` of metrics.
    var type: String {
        switch self {
        case .unique: "unique"
        case .check: "check"
        case .foreignKey: "foreign_key"
        case .unavailable: "unavailable"
        case .unwritable: "unwritable"
        case .decoding: "decoding"
        case .other: "other"
        }
    }

    package var description: String {
        switch self {
        case .unique(let what): "unique constraint failed: \(what)"
        case .check(let what): "check constraint failed: \(what)"
        case .foreignKey(let what): "foreign key constraint failed: \(what)"
        case .unavailable(let what): "database unavailable: \(what)"
        case .unwritable(let what): "database takes no writes: \(what)"
        case .decoding(let what): "unexpected column: \(what)"
        case .other(let what): "database error: \(what)"
        }
    }
}
