package import ServiceKit

extension Permission {
    package static let productsWrite = Permission(rawValue: "products:write")
    package static let inventoryWrite = Permission(rawValue: "inventory:write")
    package static let offersWrite = Permission(rawValue: "offers:write")
    package static let ordersRead = Permission(rawValue: "orders:read")
    package static let ordersWrite = Permission(rawValue: "orders:write")
    package static let customersRead = Permission(rawValue: "customers:read")
    package static let auditRead = Permission(rawValue: "audit:read")
    package static let reportsRead = Permission(rawValue: "reports:read")

    /// What an administrator may do.
    package static let allCases: [Permission] = [
        productsWrite, inventoryWrite, offersWrite, ordersRead, ordersWrite, customersRead, auditRead, reportsRead,
    ]
}
