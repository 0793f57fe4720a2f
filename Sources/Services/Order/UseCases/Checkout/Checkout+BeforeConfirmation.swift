import CartContract
import Commerce
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// The actions that lead to a confirmed order, without those on the payment.
extension Checkout {
    mutating func lockCart() async throws {
        cart = try await context.call { [context, cartID, orderID] in
            try await context.carts.lock(cartID, for: orderID)
        }
    }

    mutating func priceOrder() async throws {
        guard let cart else { throw CheckoutError.incomplete }
        try CheckoutDraft.check(cart)
        let ids = Array(Set(cart.lines.map(\.variantID)))
        let details = try await context.call { [context] in try await context.products.variants(ids) }
        let now = context.clock.now()
        let pricing = try CheckoutDraft.pricingRequest(
            cart, details, customer: cart.owner ?? request?.customer, at: now)
        let priced = try await context.call { [context] in try await context.offers.price(pricing) }
        let draft = try CheckoutDraft(cart, pricing, priced, order: orderID, at: now)
        isFree = draft.isFree
        self.draft = draft
    }

    func recordPriced() async throws {
        let now = context.clock.now()
        try await context.database.write { [orderID, lease, isFree] tx in
            try CheckoutStore.advance(orderID, to: .priced, free: isFree, lease: lease, at: now, in: tx)
        }
    }

    func reserveStock() async throws {
        guard let draft else { throw CheckoutError.incomplete }
        do {
            try await context.callAsService { [context] in
                try await context.products.reserve(draft.reservation(lifetime: context.settings.reservationLifetime))
            }
        } catch let error as ServiceError where error.has(ProductErrorCode.variantNotFound) {
            throw ServiceError.notSold(lines: try await unsoldLines(of: draft))
        }
    }

    /// The positions of lines whose variant has been deleted since they were priced.
    private func unsoldLines(of draft: CheckoutDraft) async throws -> [Int] {
        let variants = draft.order.lines.map(\.variantID)
        let sold = try await context.callAsService { [context] in
            Set(try await context.products.variants(Array(Set(variants))).map(\.variant.id))
        }
        return variants.indices.filter { !sold.contains(variants[$0]) }
    }

    func recordAuthorising() async throws {
        let now = context.clock.now()
        try await context.database.write { [orderID, lease] tx in
            try CheckoutStore.advance(orderID, to: .authorising, lease: lease, at: now, in: tx)
        }
    }

    /// Writes order, lines, coupon uses, stored response and events in one transaction.
    mutating func confirmOrder() async throws {
        guard let draft, request != nil else { throw CheckoutError.incomplete }
        let couponOwners = draft.coupons.isEmpty ? [] : try await context.digests.couponOwners(of: draft.order)
        let now = context.clock.now()
        do {
            order = try await context.database.write { [orderID, cartID, lease, key, actor, providerName, payment] tx in
                try CheckoutStore.advance(orderID, to: .confirmed, lease: lease, at: now, in: tx)
                var order = draft.order
                (order.placedAt, order.updatedAt) = (now, now)
                order.number = try OrderStore.insert(
                    order, cart: cartID, provider: draft.isFree ? nil : providerName, reference: payment?.reference,
                    in: tx)
                try CouponStore.redeem(draft.coupons, order: orderID, owners: couponOwners, at: now, in: tx)
                try ResponseStore.store(order, for: key, at: now, in: tx)
                try OrderEvents.placed(order, cart: cartID, at: now, in: tx)
                if !draft.isFree {
                    try OrderEvents.paymentChanged(
                        .authorized, of: orderID, amount: order.totals.total, provider: providerName,
                        reference: payment?.reference ?? "", actor: actor, at: now, in: tx)
                }
                return order
            }
        } catch SQLError.unique {
            throw CheckoutError.keyTaken
        }
        if let order { context.counters.countPlaced(order) }
    }
}
