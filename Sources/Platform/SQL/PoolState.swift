/// How much of a pool of connections is in use.
package struct PoolState: Sendable {
    /// Nil where the engine does not tell.
    package let idle: Int?
    package let used: Int?
    package let most: Int?
    /// Callers that wait for a connection, or for their turn to write.
    package let waiting: Int

    package init(idle: Int?, used: Int?, most: Int?, waiting: Int) {
        self.idle = idle
        self.used = used
        self.most = most
        self.waiting = waiting
    }
}
