import Commerce
import Hummingbird
import OrderContract
import ServiceKit
import Web

/// The pages of an order, for guests and customers.
struct OrderRoutes: Sendable {
    let orders: any Orders
    let behaviour: BehaviourClient
    let renderer: PageRenderer

    func add(to routes: inout PageRoutes) {
        routes.get("/orders/{id}") { request in
            if let response = try await openLink(&request) { return response }
            let order = try await order(of: request)
            let view = OrderViews.page(
                order, cancelURL: "/orders/\(order.id.rawValue)/cancel", above: ("/", "Home"))
            await behaviour.viewed(request)
            return await renderer.page("order", "Order \(order.number)", view, &request)
        }
        routes.get("/orders/{id}/thank-you") { request in
            let order = try await order(of: request)
            let view = OrderViews.order(order, cancelURL: "/orders/\(order.id.rawValue)/cancel")
            await behaviour.viewed(request)
            return await renderer.page("thanks", "Thank you", view, &request)
        }
        routes.get("/account/orders/{id}") { request in
            _ = try request.customer()
            let order = try await order(of: request)
            let view = OrderViews.page(
                order, cancelURL: "/account/orders/\(order.id.rawValue)/cancel", above: ("/account", "Your account"))
            return await renderer.page("order", "Order \(order.number)", view, &request)
        }
        routes.post("/orders/{id}/cancel") { request in
            try await cancel(&request, back: { "/orders/\($0)/thank-you" })
        }
        routes.post("/account/orders/{id}/cancel") { request in
            try await cancel(&request, back: { "/account/orders/\($0)" })
        }
    }

    /// The link in a guest's email: its token is moved into the cookie, out of the address. One that is not valid (any
    /// more) leads to the page that says so.
    private func openLink(_ request: inout ShopRequest) async throws -> Response? {
        guard let token = try request.query().string("token", max: 200),
            let id = OrderID(request.context.parameter("id"))
        else { return nil }
        try await OpenOrderLink(orders: orders).run(id, token: token, in: &request.session)
        return request.redirect(to: "/orders/\(id.rawValue)")
    }

    private func order(of request: ShopRequest) async throws -> Order {
        let id = try id(of: request)
        return try await orders.order(id, guestToken: request.session.guestToken(for: id))
    }

    private func id(of request: ShopRequest) throws(ServiceError) -> OrderID {
        guard let id = OrderID(request.context.parameter("id")) else { throw .orderNotFound }
        return id
    }

    private func cancel(_ request: inout ShopRequest, back: (String) -> String) async throws -> Response {
        let id = try id(of: request)
        do {
            let order = try await orders.cancel(id, guestToken: request.session.guestToken(for: id)).value
            let money =
                switch order.paymentStatus {
                case .voided: " Nothing was charged."
                case .refunded: " Your payment is refunded."
                default: ""
                }
            request.session.setFlash("The order is cancelled." + money)
        } catch let error as ServiceError where error.kind == .conflict {
            request.session.setFlash(
                "This order can no longer be cancelled: it was shipped or refunded.", bad: true)
        }
        return request.redirect(to: back(id.rawValue))
    }
}
