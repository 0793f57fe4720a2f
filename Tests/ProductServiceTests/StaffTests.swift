import Commerce
import EventContract
import EventLog
import ProductContract
import ServiceKit
import TestSupport
import Testing

/// A draft with one thing wrong, and the field that must be named.
struct Fault: Sendable {
    let field: String
    let edit: @Sendable (inout ProductDraft) -> Void

    init(_ field: String, _ edit: @escaping @Sendable (inout ProductDraft) -> Void) {
        self.field = field
        self.edit = edit
    }
}

@Suite struct StaffTests {
    @Test func createsWhatTheDraftSays() async throws {
        try await withShop { shop in
            let created = try await asStaff { try await shop.service.create(.mug()).value }
            let product = try await shop.service.product("mug")
            #expect(product == created)
            #expect(product.version == 1)
            #expect(product.options == [Product.Option(name: "Colour", values: ["Red", "Blue"])])
            #expect(product.variants.map(\.title) == ["Red", "Blue"])
            #expect(product.variants.map(\.options) == [["Colour": "Red"], ["Colour": "Blue"]])
            #expect(product.priceRange == Product.PriceRange(min: Money(1_200, .usd), max: Money(1_400, .usd)))
            let changed = try await shop.events().compactMap { try $0.payload(ProductChanged.self) }
            #expect(changed.map(\.change) == ["created"])
        }
    }

    @Test func aRepeatedRequestCreatesOnce() async throws {
        try await withShop { shop in
            let key = IdempotencyKey(caller: "cus_1", key: "k", requestHash: "a")
            let first = try await asStaff(key: key) { try await shop.service.create(.mug()) }
            let second = try await asStaff(key: key) { try await shop.service.create(.mug()) }
            #expect(first.value == second.value && second.replayed)
            let repeated = await refusal { _ = try await asStaff { try await shop.service.create(.mug()) } }
            #expect(repeated?.code == "handle_taken")
            var other = ProductDraft.mug()
            other.handle = "beaker"
            let error = await refusal { [other] in _ = try await asStaff { try await shop.service.create(other) } }
            #expect(error?.code == "sku_taken")
            #expect(error?.fields.map(\.field) == ["variants[0].sku", "variants[1].sku"])
        }
    }

    @Test(arguments: [
        Fault("title") { $0.title = " " },
        Fault("title") { $0.title = String(repeating: "x", count: 201) },
        Fault("handle") { $0.handle = "No Good" },
        Fault("handle") { $0.handle = "-a" },
        Fault("options") { $0.optionNames = ["A", "B", "C", "D"] },
        Fault("variants") { $0.variants = [] },
        Fault("variants[1].options") { $0.variants[1].optionValues = ["Red"] },
        Fault("variants[1].sku") { $0.variants[1].sku = "MUG-R" },
        Fault("variants[0].price") { $0.variants[0].price = Money(-1, .usd) },
        Fault("variants[1].price") { $0.variants[1].price = Money(1, .eur) },
        Fault("variants[0].compare_at_price") { $0.variants[0].compareAtPrice = Money(1_200, .usd) },
        Fault("variants[0].inventory_quantity") { $0.variants[0].inventoryQuantity = -1 },
        Fault("images[0].url") { $0.images = [Product.Image(url: "javascript:alert(1)", alt: "")] },
        Fault("images[0].url") { $0.images = [Product.Image(url: "//evil.example/x.png", alt: "")] },
    ]) func refusesWhatCannotBe(_ fault: Fault) async throws {
        try await withShop { shop in
            var draft = ProductDraft.mug()
            fault.edit(&draft)
            let error = await refusal { [draft] in _ = try await asStaff { try await shop.service.create(draft) } }
            #expect(error?.kind == .invalid)
            #expect(error?.fields.map(\.field).contains(fault.field) == true)
        }
    }

    @Test func anUpdateChangesOnlyWhatIsGiven() async throws {
        try await withShop { shop in
            let before = try await asStaff { try await shop.service.create(.mug()).value }
            _ = try await shop.service.product("mug")
            var change = ProductChange()
            change.tags = ["new"]
            change.category = "Kitchen"
            change.variants = [
                .init(id: before.variants[1].id, price: Money(900, .usd), compareAtPrice: Money(1_400, .usd))
            ]
            let after = try await asStaff { [change] in try await shop.service.update("mug", change) }
            #expect(after.version == 2)
            #expect(after.title == "Mug" && after.tags == ["new"] && after.category == "kitchen")
            #expect(after.variants.map(\.price.amount) == [1_200, 900])
            #expect(after.variants.map(\.inventoryQuantity) == [5, 7])
            #expect(after.variants.map(\.id) == before.variants.map(\.id))
            #expect(try await shop.service.product("mug") == after)
            let again = try await asStaff { [change] in try await shop.service.update("mug", change) }
            #expect(again.version == 2)
            let prices = try await shop.events().compactMap { try $0.payload(PriceChanged.self) }
            #expect(prices.map(\.before?.amount) == [1_400])
            #expect(prices.map(\.after?.amount) == [900])
        }
    }

    @Test func faultsOfAnUpdateNameThePlaceInTheRequest() async throws {
        try await withShop { shop in
            let product = try await asStaff { try await shop.service.create(.mug()).value }
            var change = ProductChange()
            change.variants = [.init(id: product.variants[1].id, price: Money(-5, .usd))]
            let error = await refusal { [change] in
                _ = try await asStaff { try await shop.service.update("mug", change) }
            }
            #expect(error?.fields.map(\.field) == ["variants[0].price"])
            change.variants = [.init(id: VariantID(), price: Money(5, .usd))]
            let unknown = await refusal { [change] in
                _ = try await asStaff { try await shop.service.update("mug", change) }
            }
            #expect(unknown?.fields.map(\.field) == ["variants[0].id"])
        }
    }

    @Test func anArchivedProductLeavesTheShop() async throws {
        try await withShop { shop in
            let product = try await shop.add("Mug")
            for _ in 1...2 { try await asStaff { try await shop.service.archive("mug") } }
            #expect(await refusal { _ = try await shop.service.product("mug") }?.kind == .notFound)
            let archived = try await asStaff { try await shop.service.product("mug") }
            #expect(archived.status == .archived)
            #expect(try await shop.service.variants([product.firstVariant]).map(\.published) == [false])
            let changes = try await shop.events().compactMap { try $0.payload(ProductChanged.self) }
            #expect(changes.map(\.change) == ["created", "archived"])
        }
    }

    @Test func aHandleIsMadeOfTheTitle() async throws {
        try await withShop { shop in
            var handles: [String] = []
            for title in ["Käse für Öl", "Mug", "Mug", "日本語", "日本語"] {
                var draft = ProductDraft.simple(title, price: 100, stock: nil)
                draft.handle = ""
                handles.append(try await asStaff { [draft] in try await shop.service.create(draft).value.handle })
            }
            #expect(handles[..<3] == ["kaese-fuer-oel", "mug", "mug-2"])
            #expect(Set(handles).count == 5)
        }
    }

    @Test func customersMayNot() async throws {
        try await withShop { shop in
            try await shop.add("Mug")
            await CallContext(principal: .customer(CustomerID())).run {
                #expect(await refusal { _ = try await shop.service.create(.mug()) }?.kind == .forbidden)
                #expect(await refusal { _ = try await shop.service.save(.mug()) }?.kind == .forbidden)
                #expect(await refusal { _ = try await shop.service.update("mug", ProductChange()) }?.kind == .forbidden)
                #expect(await refusal { try await shop.service.archive("mug") }?.kind == .forbidden)
            }
        }
    }
}
