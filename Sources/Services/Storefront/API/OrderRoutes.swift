import Commerce
import Hummingbird
import OrderContract
import ServiceKit
import Web

extension Storefront {
    func addOrderRoutes(to routes: inout PageRoutes) {
        let shop = self
        routes.get("/orders/{id}") { visit in
            if let response = try await shop.takeToken(&visit) { return response }
            let order = try await shop.order(of: visit)
            var view = OrderViews.order(order, cancelURL: "/orders/\(order.id.rawValue)/cancel")
            view["above"] = ["above_url": "/", "above_title": "Home"]
            await shop.visits.viewed(visit)
            return await shop.door.frame.page("order", "Order \(order.number)", view, &visit)
        }
        routes.get("/orders/{id}/thank-you") { visit in
            let order = try await shop.order(of: visit)
            let view = OrderViews.order(order, cancelURL: "/orders/\(order.id.rawValue)/cancel")
            await shop.visits.viewed(visit)
            return await shop.door.frame.page("thanks", "Thank you", view, &visit)
        }
        routes.get("/account/orders/{id}") { visit in
            guard visit.principal.customerID != nil else { throw ServiceError.unauthenticated }
            let order = try await shop.order(of: visit)
            var view = OrderViews.order(order, cancelURL: "/account/orders/\(order.id.rawValue)/cancel")
            view["above"] = ["above_url": "/account", "above_title": "Your account"]
            return await shop.door.frame.page("order", "Order \(order.number)", view, &visit)
        }
        routes.post("/orders/{id}/cancel") { visit in try await shop.cancel(&visit, back: { "/orders/\($0)/thank-you" })
        }
        routes.post("/account/orders/{id}/cancel") { visit in
            try await shop.cancel(&visit, back: { "/account/orders/\($0)" })
        }
    }

    /// The link of a mail to a guest: its token goes into the cookie and out of the address. One that opens nothing (any
    /// more) leads to the page that says so.
    private func takeToken(_ visit: inout Visit) async throws -> Response? {
        guard let token = try QueryFields(visit.request).string("token", max: 200),
            let id = OrderID(visit.context.parameter("id"))
        else { return nil }
        do {
            // Whoever sees the order anyway needs no token, and this one is not checked.
            _ = try await orders.order(id, guestToken: visit.session.guestToken(for: id))
        } catch let error as ServiceError where error.kind == .notFound {
            do {
                _ = try await orders.order(id, guestToken: token)
                visit.session.remember(guestOrder: id, token: token)
            } catch let error as ServiceError where error.kind == .notFound {}
        }
        return visit.redirect(to: "/orders/\(id.rawValue)")
    }

    private func order(of visit: Visit) async throws -> Order {
        guard let id = OrderID(visit.context.parameter("id")) else { throw ServiceError.notFound("order") }
        return try await orders.order(id, guestToken: visit.session.guestToken(for: id))
    }

    private func cancel(_ visit: inout Visit, back: (String) -> String) async throws -> Response {
        guard let id = OrderID(visit.context.parameter("id")) else { throw ServiceError.notFound("order") }
        do {
            let order = try await orders.cancel(id, guestToken: visit.session.guestToken(for: id)).value
            let money =
                switch order.paymentStatus {
                case .voided: " Nothing was charged."
                case .refunded: " Your payment is refunded."
                default: ""
                }
            visit.session.say("The order is cancelled." + money)
        } catch let error as ServiceError where error.kind == .conflict {
            visit.session.say(
                "This order can no longer be cancelled: it was sent or refunded.", bad: true)
        }
        return visit.redirect(to: back(id.rawValue))
    }
}
