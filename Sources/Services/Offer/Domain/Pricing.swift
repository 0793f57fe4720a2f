import OfferContract

/// A cart priced, with the shipping options it could have.
struct Pricing {
    var cart: PricedCart
    var shippingOptions: [ShippingOption]
}
