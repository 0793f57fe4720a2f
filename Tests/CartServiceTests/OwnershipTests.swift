import AuthContract
import CartContract
import CartService
import Commerce
import OfferContract
import ProductContract
import ServiceKit
import TestSupport
import Testing

@Suite struct OwnershipTests {
    let ada = Principal.customer(CustomerID())
    let bob = Principal.customer(CustomerID())

    @Test func aGuestCartBelongsToTheFirstCustomerWhoChangesIt() async throws {
        let mug = variant()
        try await withCarts([mug]) { carts, _ in
            let id = try await carts.create(currency: nil).value.id
            _ = try await calling(as: bob) { try await carts.cart(id) }
            _ = try await calling(as: ada) { try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1) }
            #expect(try await calling(as: ada) { try await carts.cart(id).lines.count } == 1)
            for other in [bob, .anonymous] {
                #expect(await code { try await calling(as: other) { try await carts.cart(id) } } == "cart_not_found")
                let add = await code {
                    try await calling(as: other) {
                        try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1)
                    }
                }
                #expect(add == "cart_not_found")
            }
        }
    }

    @Test func staffCanReadButNotChangeCarts() async throws {
        let mug = variant()
        try await withCarts([mug]) { carts, _ in
            let id = try await calling(as: ada) { try await carts.create(currency: nil).value.id }
            let clerk = Principal.staff(CustomerID(), permissions: [.ordersRead])
            for reader in [clerk, .system("test")] {
                #expect(try await calling(as: reader) { try await carts.cart(id).id } == id)
            }
            let editor = Principal.staff(CustomerID(), permissions: [.productsWrite])
            #expect(await code { try await calling(as: editor) { try await carts.cart(id) } } == "cart_not_found")
            let add = await code {
                try await calling(as: clerk) { try await carts.addLine(to: id, variant: mug.variant.id, quantity: 1) }
            }
            #expect(add == "cart_not_found")
        }
    }
}
