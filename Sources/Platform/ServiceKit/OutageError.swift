/// An error of something that a service depends on, such as its database, which may be a temporary outage.
package protocol OutageError: Error {
    /// Whether the same call may succeed later.
    var isOutage: Bool { get }
}
