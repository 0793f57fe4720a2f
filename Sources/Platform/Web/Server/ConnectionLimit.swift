/// How many connections a server takes at a time.
package struct ConnectionLimit: Sendable {
    let most: Int
    let service: String

    /// - Parameter service: Whose server it is, for metrics.
    package init(_ most: Int, of service: String) {
        self.most = most
        self.service = service
    }
}
