/// An error of what a service stands on, such as its database, that may say: not now.
package protocol OutageError: Error {
    /// Whether the same call may succeed later.
    var isOutage: Bool { get }
}
