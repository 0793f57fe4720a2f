package import ServiceKit
import Synchronization

/// The signals of one database, one a channel.
///
/// Other processes are not reached, nor other connections to the same data: whoever waits also looks every
/// ``safetyInterval``, so that the work of a command beside a running shop is found too.
package final class Channels: Sendable {
    /// How long what another process has written may lie unseen.
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
