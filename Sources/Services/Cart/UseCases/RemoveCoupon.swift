import CartContract
import Commerce
import ServiceKit

struct RemoveCoupon: Sendable {
    let context: CartContext

    func run(_ code: String, from id: CartID) async throws -> Cart {
        let outcome = try await ChangeCart(context: context).run(id, counting: .coupon) { document in
            document.coupons.removeAll { $0.uppercased() == code.uppercased() }
        }
        return outcome.value
    }
}
