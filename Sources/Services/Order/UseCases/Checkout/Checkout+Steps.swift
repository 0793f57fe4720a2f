import CartContract
import Commerce
import EventLog
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// The way to a confirmed order.
extension Checkout {
    mutating func freezeCart() async throws {
        cart = try await shop.call { [shop, cartID, orderID] in try await shop.carts.lock(cartID, for: orderID) }
    }

    mutating func priceOrder() async throws {
        guard let cart else { throw CheckoutDefect.incomplete }
        try CheckoutDraft.check(cart)
        let ids = Array(Set(cart.lines.map(\.variantID)))
        let details = try await shop.call { [shop] in try await shop.products.variants(ids) }
        let now = shop.clock.now()
        let pricing = try CheckoutDraft.pricingRequest(
            cart, details, customer: cart.owner ?? request?.customer, at: now)
        let priced = try await shop.call { [shop] in try await shop.offers.price(pricing) }
        let draft = try CheckoutDraft(cart, pricing, priced, order: orderID, at: now)
        isFree = draft.isFree
        self.draft = draft
    }

    func recordPriced() async throws {
        let now = shop.clock.now()
        try await shop.database.write { [orderID, lease, isFree] tx in
            try CheckoutStore.advance(orderID, to: .priced, free: isFree, lease: lease, at: now, in: tx)
        }
    }

    func reserveStock() async throws {
        guard let draft else { throw CheckoutDefect.incomplete }
        do {
            try await shop.callAsService { [shop] in
                try await shop.products.reserve(draft.reservation(lifetime: shop.settings.reservationLifetime))
            }
        } catch let error as ServiceError where error.code == "variant_not_found" {
            throw ServiceError.notSold(lines: try await goneLines(of: draft))
        }
    }

    /// Lines whose variant has gone since they were priced, by their positions.
    private func goneLines(of draft: CheckoutDraft) async throws -> [Int] {
        let variants = draft.order.lines.map(\.variantID)
        let sold = try await shop.callAsService { [shop] in
            Set(try await shop.products.variants(Array(Set(variants))).map(\.variant.id))
        }
        return variants.indices.filter { !sold.contains(variants[$0]) }
    }

    func recordAuthorising() async throws {
        let now = shop.clock.now()
        try await shop.database.write { [orderID, lease] tx in
            try CheckoutStore.advance(orderID, to: .authorising, lease: lease, at: now, in: tx)
        }
    }

    mutating func authorisePayment() async throws -> CheckoutSaga.Outcome {
        guard let draft, let request else { throw CheckoutDefect.incomplete }
        let authorisation = AuthorisationRequest(
            orderID: orderID, amount: draft.order.totals.total, token: request.token, idempotencyKey: orderID.rawValue)
        let provider = try shop.provider(providerName)
        return take(try await shop.pay { try await provider.authorise(authorisation) })
    }

    /// After a timeout: what really happened decides.
    mutating func askPayment() async throws -> CheckoutSaga.Outcome {
        let provider = try shop.provider(providerName)
        let key = orderID.rawValue
        guard let payment = try await shop.pay({ try await provider.status(of: key) }) else { return .unknown }
        failure = nil
        return take(payment)
    }

    private mutating func take(_ payment: Payment) -> CheckoutSaga.Outcome {
        self.payment = payment
        switch payment.state {
        case .authorised, .captured: return .succeeded
        case .voided: failure = ServiceError(.declined)
        case .refused(let refusal): failure = ServiceError(refusal)
        }
        return .failed
    }

    /// Order, lines, coupons, stored response and events, in the one transaction that makes the order real.
    mutating func confirmOrder() async throws {
        guard let draft, request != nil else { throw CheckoutDefect.incomplete }
        let couponOwners = draft.coupons.isEmpty ? [] : try await shop.guests.couponOwners(draft.order)
        let now = shop.clock.now()
        do {
            order = try await shop.database.write { [orderID, cartID, lease, key, actor, providerName, payment] tx in
                try CheckoutStore.advance(orderID, to: .confirmed, lease: lease, at: now, in: tx)
                var order = draft.order
                (order.placedAt, order.updatedAt) = (now, now)
                order.number = try OrderStore.insert(
                    order, cart: cartID, provider: draft.isFree ? nil : providerName, reference: payment?.reference,
                    in: tx)
                try CouponStore.redeem(draft.coupons, order: orderID, owners: couponOwners, at: now, in: tx)
                try Idempotency.store(Responses.text(order), for: key, at: now, in: tx)
                try OrderEvents.placed(order, cart: cartID, at: now, in: tx)
                if !draft.isFree {
                    try OrderEvents.paymentChanged(
                        .authorized, of: orderID, amount: order.totals.total, provider: providerName,
                        reference: payment?.reference ?? "", actor: actor, at: now, in: tx)
                }
                return order
            }
        } catch SQLError.unique {
            throw CheckoutDefect.keyTaken
        }
    }
}
