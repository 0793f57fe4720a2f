/// What a transaction will tell when it is durable. For drivers; stays on the transaction's thread.
package final class PendingNotices {
    package private(set) var channels: Set<Channel> = []
    package init() {}
    package func add(_ channel: Channel) { channels.insert(channel) }
}
