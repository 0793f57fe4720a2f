package import Commerce

/// What of a cart changes; nil leaves as it is, what is cleared becomes nil.
package struct CartChange: Hashable, Sendable, Codable {
    package enum Field: String, Hashable, Sendable, Codable {
        case email, shippingAddress, billingAddress, shippingOption
    }

    package var email: String?
    package var shippingAddress: Address?
    package var billingAddress: Address?
    package var shippingOptionID: String?
    package var cleared: Set<Field>

    package init(
        email: String? = nil, shippingAddress: Address? = nil, billingAddress: Address? = nil,
        shippingOptionID: String? = nil, cleared: Set<Field> = []
    ) {
        self.email = email
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.shippingOptionID = shippingOptionID
        self.cleared = cleared
    }
}
