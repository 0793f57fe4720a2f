import AuthContract
import Commerce
import CommerceWire

extension Customer {
    init(wire: Magpie_Auth_V1_Customer) throws {
        self.init(
            id: try CustomerID(wire: wire.id, "customer.id"), email: wire.email, name: wire.name,
            role: try Role(wire: wire.role, "customer.role"), createdAt: Instant(milliseconds: wire.createdAtMs))
    }
}

extension Magpie_Auth_V1_Customer {
    init(_ customer: Customer) {
        id = customer.id.rawValue
        email = customer.email
        name = customer.name
        role = customer.role.rawValue
        createdAtMs = customer.createdAt.milliseconds
    }
}
