import AuthContract
import CartContract
import Commerce

/// Fills in the contact and address form of the checkout with what is known.
struct PrepareContact: Sendable {
    let accounts: any Accounts

    /// The contact of the cart; without one that of the customer.
    func run(for cart: Cart, customer id: CustomerID?) async -> CheckoutContact {
        var contact = CheckoutContact()
        if let address = cart.shippingAddress { contact.address = address }
        contact.email = cart.email ?? ""
        if contact.email.isEmpty, let id, let customer = try? await accounts.customer(id) {
            contact.email = customer.email
            if contact.address.name.isEmpty { contact.address.name = customer.name }
        }
        return contact
    }
}
