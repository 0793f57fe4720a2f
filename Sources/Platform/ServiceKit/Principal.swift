package import Commerce

/// Who a call is made for.
package enum Principal: Hashable, Sendable {
    case anonymous
    case customer(CustomerID)
    case staff(CustomerID, permissions: Set<Permission>)
    /// Another part of Magpie, acting on its own: a reconciler, a command-line verb.
    case system(String)

    package var customerID: CustomerID? {
        switch self {
        case .customer(let id), .staff(let id, _): id
        case .anonymous, .system: nil
        }
    }

    /// A stable name for logs, idempotency and audit: `anonymous`, `cus_…`, `system:reconciler`.
    package var name: String {
        switch self {
        case .anonymous: "anonymous"
        case .customer(let id), .staff(let id, _): id.rawValue
        case .system(let name): "system:\(name)"
        }
    }

    package func may(_ permission: Permission) -> Bool {
        switch self {
        case .anonymous, .customer: false
        case .staff(_, let permissions): permissions.contains(permission)
        case .system: true
        }
    }

    /// Throws `unauthenticated` or `forbidden` unless the principal holds the permission.
    package func require(_ permission: Permission) throws(ServiceError) {
        if may(permission) { return }
        throw self == .anonymous ? .unauthenticated : .forbidden
    }
}
