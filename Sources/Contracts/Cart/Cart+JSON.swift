import Commerce
import OfferContract

extension Cart: Codable {
    enum CodingKeys: String, CodingKey {
        case id, currency, email, lines, coupons, totals
        case orderID = "order_id"
        case shippingAddress = "shipping_address"
        case billingAddress = "billing_address"
        case shippingOption = "shipping_option"
        case regionCountries = "region_countries"
        case isTaxPending = "tax_pending"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    /// Also reads a response that was stored, or a peer sent, before the cart had all of its fields.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(CartID.self, forKey: .id),
            currency: try container.decode(Currency.self, forKey: .currency),
            email: try container.decodeIfPresent(String.self, forKey: .email),
            lines: try container.decode([CartLine].self, forKey: .lines),
            coupons: try container.decode([AppliedCoupon].self, forKey: .coupons),
            shippingAddress: try container.decodeIfPresent(Address.self, forKey: .shippingAddress),
            billingAddress: try container.decodeIfPresent(Address.self, forKey: .billingAddress),
            shippingOption: try container.decodeIfPresent(ShippingOption.self, forKey: .shippingOption),
            totals: try container.decode(Totals.self, forKey: .totals),
            regionCountries: try container.decodeIfPresent([String].self, forKey: .regionCountries) ?? [],
            isTaxPending: try container.decodeIfPresent(Bool.self, forKey: .isTaxPending) ?? false,
            createdAt: try container.decode(Instant.self, forKey: .createdAt),
            updatedAt: try container.decode(Instant.self, forKey: .updatedAt),
            orderID: try container.decodeIfPresent(OrderID.self, forKey: .orderID))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(currency, forKey: .currency)
        try container.encode(email, forKey: .email)
        try container.encode(lines, forKey: .lines)
        try container.encode(coupons, forKey: .coupons)
        try container.encode(shippingAddress, forKey: .shippingAddress)
        try container.encode(billingAddress, forKey: .billingAddress)
        try container.encode(shippingOption, forKey: .shippingOption)
        try container.encode(totals, forKey: .totals)
        try container.encode(regionCountries, forKey: .regionCountries)
        try container.encode(isTaxPending, forKey: .isTaxPending)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
        try container.encode(orderID, forKey: .orderID)
    }
}
