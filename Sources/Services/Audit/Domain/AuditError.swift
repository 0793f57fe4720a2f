enum AuditError: Error, Hashable, Sendable {
    /// Nothing may be appended to a chain without its head: an operator has to verify it first.
    case headMissing
    /// Another writer appended between the reading and the writing of the head.
    case headMoved
}
