package import ServiceKit

extension Permission {
    /// Create, change and archive products; see unpublished ones.
    package static let productsWrite = Permission(rawValue: "products:write")
    /// Read and adjust stock.
    package static let inventoryWrite = Permission(rawValue: "inventory:write")
    /// Read and replace the rules of prices, promotions, shipping and tax.
    package static let offersWrite = Permission(rawValue: "offers:write")
    /// See all orders.
    package static let ordersRead = Permission(rawValue: "orders:read")
    /// Ship, cancel and refund orders.
    package static let ordersWrite = Permission(rawValue: "orders:write")
    /// See all customers.
    package static let customersRead = Permission(rawValue: "customers:read")
    /// Read and verify the audit log.
    package static let auditRead = Permission(rawValue: "audit:read")
    /// See reports.
    package static let reportsRead = Permission(rawValue: "reports:read")

    /// What an administrator may do.
    package static let allCases: [Permission] = [
        productsWrite, inventoryWrite, offersWrite, ordersRead, ordersWrite, customersRead, auditRead, reportsRead,
    ]
}
