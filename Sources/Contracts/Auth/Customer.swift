package import Commerce

/// An account.
package struct Customer: Hashable, Sendable, Codable {
    package var id: CustomerID
    package var email: String
    package var name: String
    /// `customer` or `administrator`.
    package var role: Role
    package var createdAt: Instant

    package enum Role: String, Sendable, Codable { case customer, administrator }

    package init(id: CustomerID, email: String, name: String, role: Role, createdAt: Instant) {
        self.id = id
        self.email = email
        self.name = name
        self.role = role
        self.createdAt = createdAt
    }

    enum CodingKeys: String, CodingKey {
        case id, email, name, role
        case createdAt = "created_at"
    }
}
