package import ServiceKit
import Synchronization

/// The signals of one database, one a channel.
///
/// Other processes are not notified, nor other connections to the same data: those who wait also poll every
/// ``safetyInterval``, so that what a command writes beside running services is found too.
package final class Channels: Sendable {
    /// How long changes of another process may stay unnoticed.
    package static let safetyInterval = Duration.seconds(2)

    private let signals = Mutex<[Channel: Signal]>([:])

    package init() {}

    package subscript(channel: Channel) -> Signal {
        signals.withLock { signals in
            if let signal = signals[channel] { return signal }
            let signal = Signal()
            signals[channel] = signal
            return signal
        }
    }

    package func notify(_ channels: Set<Channel>) {
        for channel in channels { self[channel].notify() }
    }
}
