/// The channels that a transaction notifies once it is durable. For drivers; stays on the transaction's thread.
package final class PendingNotifications {
    package private(set) var channels: Set<Channel> = []
    package init() {}
    package func add(_ channel: Channel) { channels.insert(channel) }
}
