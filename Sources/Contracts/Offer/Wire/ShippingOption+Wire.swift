import Commerce
import CommerceWire
import OfferContract

extension ShippingOption {
    init(wire: Magpie_Offer_V1_ShippingOption) throws {
        self.init(
            id: wire.id, name: wire.name, price: try Money(wire: wire.price, "shipping_option.price"),
            estimate: wire.estimate)
    }
}

extension Magpie_Offer_V1_ShippingOption {
    init(_ option: ShippingOption) {
        id = option.id
        name = option.name
        price = Magpie_Commerce_V1_Money(option.price)
        estimate = option.estimate
    }
}
