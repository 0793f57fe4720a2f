/// Whether an attempt may be made now.
enum LoginAdmission: Hashable, Sendable {
    case admitted
    case refused(Duration)
    /// Unknown networks guess at the account, and this one has no turn in the queue.
    case needsTurn
}
