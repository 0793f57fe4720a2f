/// What became of one attempt to export a batch.
package enum ExportOutcome: Hashable, Sendable {
    /// The receiver has it, but for `rejected` items.
    case accepted(rejected: Int)
    /// The receiver will never take it.
    case refused(reason: String)
    /// It may be sent again: after `pause` where the receiver says so.
    case unavailable(reason: String, pause: Duration?)
}
