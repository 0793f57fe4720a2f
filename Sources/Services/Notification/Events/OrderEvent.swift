import EventContract
import EventLog

/// An event that customers get a mail about.
enum OrderEvent {
    case placed(OrderPlaced)
    case cancelled(OrderCancelled)
    case fulfilled(OrderFulfilled)

    /// Nil for any other event.
    init?(_ event: Event) throws {
        if let placed = try event.payload(OrderPlaced.self) {
            self = .placed(placed)
        } else if let cancelled = try event.payload(OrderCancelled.self) {
            self = .cancelled(cancelled)
        } else if let fulfilled = try event.payload(OrderFulfilled.self) {
            self = .fulfilled(fulfilled)
        } else {
            return nil
        }
    }
}
