/// A service that answers some of the paths of a server that several share.
package struct PathOwner: Sendable {
    package let service: String
    private let prefixes: [String]

    /// - Parameter prefixes: Of its paths, such as `/api/`.
    package init(service: String, prefixes: [String]) {
        self.service = service
        self.prefixes = prefixes
    }

    func owns(_ path: String) -> Bool { prefixes.contains { path.hasPrefix($0) } }
}
