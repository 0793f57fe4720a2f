import Calls
import Commerce
import Hummingbird
import OrderContract
import Web

extension Storefront {
    func addOrderRoutes(to routes: inout PageRoutes) {
        let shop = self
        routes.get("/orders/{id}/thank-you") { visit in
            let order = try await shop.order(of: visit)
            let view = OrderViews.order(order, cancelURL: "/orders/\(order.id.rawValue)/cancel")
            await shop.visits.viewed(visit)
            return await shop.door.frame.page("thanks", "Thank you", view, &visit)
        }
        routes.get("/account/orders/{id}") { visit in
            guard visit.principal.customerID != nil else { throw ServiceError.unauthenticated }
            let order = try await shop.order(of: visit)
            let view = OrderViews.order(order, cancelURL: "/account/orders/\(order.id.rawValue)/cancel")
            return await shop.door.frame.page("order", "Order \(order.number)", view, &visit)
        }
        routes.post("/orders/{id}/cancel") { visit in try await shop.cancel(&visit, back: { "/orders/\($0)/thank-you" })
        }
        routes.post("/account/orders/{id}/cancel") { visit in
            try await shop.cancel(&visit, back: { "/account/orders/\($0)" })
        }
    }

    private func order(of visit: Visit) async throws -> Order {
        guard let id = OrderID(visit.context.parameter("id")) else { throw ServiceError.notFound("order") }
        return try await orders.order(id, guestToken: visit.session.guestToken(for: id))
    }

    private func cancel(_ visit: inout Visit, back: (String) -> String) async throws -> Response {
        guard let id = OrderID(visit.context.parameter("id")) else { throw ServiceError.notFound("order") }
        do {
            _ = try await orders.cancel(id, guestToken: visit.session.guestToken(for: id))
            visit.session.say("The order is cancelled. Your money is on its way back.")
        } catch let error as ServiceError where error.kind == .conflict {
            visit.session.say("This order can no longer be cancelled: it is on its way or already settled.", bad: true)
        }
        return visit.redirect(to: back(id.rawValue))
    }
}
