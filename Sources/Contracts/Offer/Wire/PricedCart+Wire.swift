import Commerce
import CommerceWire
import OfferContract
import SwiftProtobuf

extension PricedCart {
    init(wire: Magpie_Offer_V1_PricedCart) throws {
        self.init(
            lines: try wire.lines.map(PricedLine.init(wire:)), coupons: wire.coupons.map(AppliedCoupon.init(wire:)),
            rejectedCoupons: wire.rejectedCoupons.map {
                RejectedCoupon(code: $0.code, reason: $0.reason, message: $0.message)
            },
            shippingOption: wire.hasShippingOption ? try ShippingOption(wire: wire.shippingOption) : nil,
            totals: try Totals(wire: wire.totals), regionCountries: wire.regionCountries, isTaxPending: wire.taxPending)
    }
}

extension Magpie_Offer_V1_PricedCart {
    init(_ cart: PricedCart) {
        self.init()
        lines = cart.lines.map(Magpie_Offer_V1_PricedLine.init)
        coupons = cart.coupons.map(Magpie_Offer_V1_AppliedCoupon.init)
        rejectedCoupons = cart.rejectedCoupons.map { coupon in
            .with {
                $0.code = coupon.code
                $0.reason = coupon.reason
                $0.message = coupon.message
            }
        }
        if let option = cart.shippingOption { shippingOption = Magpie_Offer_V1_ShippingOption(option) }
        totals = Magpie_Offer_V1_Totals(cart.totals)
        regionCountries = cart.regionCountries
        taxPending = cart.isTaxPending
    }
}

extension PricedLine {
    init(wire: Magpie_Offer_V1_PricedLine) throws {
        self.init(
            id: try LineID(wire: wire.id, "lines.id"), unitPrice: try Money(wire: wire.unitPrice, "lines.unit_price"),
            quantity: Int(wire.quantity),
            adjustments: try wire.adjustments.map {
                Adjustment(
                    source: $0.source, label: $0.label, amount: try Money(wire: $0.amount, "lines.adjustments.amount"))
            },
            total: try Money(wire: wire.total, "lines.total"))
    }
}

extension Magpie_Offer_V1_PricedLine {
    init(_ line: PricedLine) {
        id = line.id.rawValue
        unitPrice = Magpie_Commerce_V1_Money(line.unitPrice)
        quantity = Int64(line.quantity)
        adjustments = line.adjustments.map { adjustment in
            .with {
                $0.source = adjustment.source
                $0.label = adjustment.label
                $0.amount = Magpie_Commerce_V1_Money(adjustment.amount)
            }
        }
        total = Magpie_Commerce_V1_Money(line.total)
    }
}

extension AppliedCoupon {
    init(wire: Magpie_Offer_V1_AppliedCoupon) {
        self.init(
            code: wire.code, label: wire.label, usageLimit: wire.hasUsageLimit ? Int(wire.usageLimit) : nil,
            usageLimitPerCustomer: wire.hasUsageLimitPerCustomer ? Int(wire.usageLimitPerCustomer) : nil)
    }
}

extension Magpie_Offer_V1_AppliedCoupon {
    init(_ coupon: AppliedCoupon) {
        code = coupon.code
        label = coupon.label
        if let limit = coupon.usageLimit { usageLimit = Int64(limit) }
        if let limit = coupon.usageLimitPerCustomer { usageLimitPerCustomer = Int64(limit) }
    }
}

extension Totals {
    init(wire: Magpie_Offer_V1_Totals) throws {
        self.init(
            subtotal: try Money(wire: wire.subtotal, "totals.subtotal"),
            discountTotal: try Money(wire: wire.discountTotal, "totals.discount_total"),
            shippingTotal: try Money(wire: wire.shippingTotal, "totals.shipping_total"),
            taxTotal: try Money(wire: wire.taxTotal, "totals.tax_total"),
            total: try Money(wire: wire.total, "totals.total"))
    }
}

extension Magpie_Offer_V1_Totals {
    init(_ totals: Totals) {
        subtotal = Magpie_Commerce_V1_Money(totals.subtotal)
        discountTotal = Magpie_Commerce_V1_Money(totals.discountTotal)
        shippingTotal = Magpie_Commerce_V1_Money(totals.shippingTotal)
        taxTotal = Magpie_Commerce_V1_Money(totals.taxTotal)
        total = Magpie_Commerce_V1_Money(totals.total)
    }
}
