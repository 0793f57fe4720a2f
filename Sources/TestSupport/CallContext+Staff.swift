import Commerce
package import ServiceKit

extension CallContext {
    /// The call of a staff member with these permissions only.
    package static func staff(_ permissions: Permission...) -> CallContext {
        CallContext(principal: .staff(CustomerID(), permissions: Set(permissions)))
    }
}
