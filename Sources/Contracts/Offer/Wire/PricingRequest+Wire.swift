import Commerce
import CommerceWire
import OfferContract
import ProductContract
import ProductWire
import RPC

extension PricingRequest {
    init(wire: Magpie_Offer_V1_PricingRequest) throws {
        self.init(
            currency: try Currency(wire: wire.currency, "currency"), lines: try wire.lines.map(Line.init(wire:)),
            coupons: wire.coupons,
            customer: wire.hasCustomerID ? try CustomerID(wire: wire.customerID, "customer_id") : nil,
            shippingAddress: wire.hasShippingAddress ? Address(wire: wire.shippingAddress) : nil,
            shippingOption: wire.hasShippingOption ? wire.shippingOption : nil, at: Instant(milliseconds: wire.atMs))
    }
}

extension Magpie_Offer_V1_PricingRequest {
    init(_ request: PricingRequest) {
        currency = request.currency.code
        lines = request.lines.map(Line.init)
        coupons = request.coupons
        if let customer = request.customer { customerID = customer.rawValue }
        if let address = request.shippingAddress { shippingAddress = Magpie_Commerce_V1_Address(address) }
        if let option = request.shippingOption { shippingOption = option }
        atMs = request.at.milliseconds
    }
}

extension PricingRequest.Line {
    init(wire: Magpie_Offer_V1_PricingRequest.Line) throws {
        self.init(
            id: try LineID(wire: wire.id, "lines.id"), detail: try VariantDetail(wire: wire.detail),
            quantity: Int(wire.quantity))
    }
}

extension Magpie_Offer_V1_PricingRequest.Line {
    init(_ line: PricingRequest.Line) {
        id = line.id.rawValue
        detail = Magpie_Product_V1_VariantDetail(line.detail)
        quantity = Int64(line.quantity)
    }
}
