package import ServiceKit

/// Which orders staff want to see.
package struct OrderQuery: Hashable, Sendable, Codable {
    package var status: Order.Status?
    package var email: String?
    package var page = PageRequest()
    package init() {}
}
