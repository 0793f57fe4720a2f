/// Whether an attempt may be made now.
enum LoginAdmission: Hashable, Sendable {
    case admitted
    case refused(Duration)
    /// Too many attempts from unknown networks failed on this account; this network is not in the queue yet.
    case needsTurn
}
