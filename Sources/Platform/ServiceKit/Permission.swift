/// Something staff may do, by its name in the `permissions` claim of an access token. Which there are, `AuthContract`
/// declares.
package struct Permission: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}
