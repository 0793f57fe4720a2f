import CartContract
import Commerce
import OrderContract
import OrderService
import ServiceKit
import TestSupport

extension OrderService {
    func buy(
        _ cart: CartID, token: String = "tok_success", key: String? = nil, as principal: Principal = .anonymous,
        hash: String? = nil
    ) async throws -> Outcome<Order> {
        try await calling(as: principal, key: key ?? "buy-\(cart)", hash: hash ?? "buy \(cart) \(token)") {
            try await place(cart, payment: PaymentInstruction(provider: "test", token: token))
        }
    }
}
