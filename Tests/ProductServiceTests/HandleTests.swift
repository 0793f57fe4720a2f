import Commerce
import EventContract
import EventLog
import ProductContract
import ProductService
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct HandleTests {
    private func update(_ name: String, in shop: Shop, _ edit: (inout ProductChange) -> Void) async throws -> Product {
        var change = ProductChange()
        edit(&change)
        return try await asStaff { [change] in try await shop.service.update(name, change) }
    }

    private func create(_ draft: ProductDraft, in shop: Shop) async throws -> Product {
        try await asStaff { try await shop.service.create(draft).value }
    }

    private func save(_ draft: ProductDraft, in shop: Shop) async throws -> SaveResult {
        try await asStaff { try await shop.service.save(draft) }
    }

    private func archive(_ name: String, in shop: Shop) async throws {
        try await asStaff { try await shop.service.archive(name) }
    }

    /// Carts and orders still name what they hold.
    @Test func anArchivedProductFreesItsHandleAndItsSKUs() async throws {
        try await withShop { shop in
            let first = try await create(.mug(), in: shop)
            let order = OrderID()
            try await shop.reserve(order, [(first.variants[1].id, 1)])
            try await archive("mug", in: shop)
            let second = try await create(.mug(), in: shop)
            #expect(second.id != first.id && second.handle == "mug")
            #expect(try await shop.service.product("mug").id == second.id)
            try await shop.service.commitReservation(for: order)
            let details = try await shop.service.variants([first.firstVariant, second.firstVariant])
            #expect(details.map(\.productID) == [first.id, second.id])
            #expect(details.map(\.productHandle) == ["mug", "mug"] && details.map(\.published) == [false, true])
            #expect(details.map(\.variant.sku) == ["MUG-R", "MUG-R"])
            let old = try await asStaff { try await shop.service.product(first.id.rawValue) }
            #expect(old.handle == "mug" && old.status == .archived)
            // Nor is it found under its handle after somebody looked at it.
            #expect(try await asStaff { try await shop.service.product("mug") }.id == second.id)
            #expect(await refusal { _ = try await shop.service.product(first.id.rawValue) }?.kind == .notFound)
        }
    }

    @Test func whatCameAfterAnArchivedProductKeepsItFromComingBack() async throws {
        try await withShop { shop in
            let first = try await create(.mug(), in: shop)
            try await archive("mug", in: shop)
            let second = try await create(.mug(), in: shop)
            func restored(_ edit: @escaping (inout ProductChange) -> Void) async -> ServiceError? {
                await refusal {
                    _ = try await update(first.id.rawValue, in: shop) {
                        $0.status = .published
                        edit(&$0)
                    }
                }
            }
            let skus = await restored { _ in }
            #expect(skus?.kind == .conflict && skus?.code == "sku_taken")
            #expect(skus?.fields.map(\.field) == ["variants[0].sku", "variants[1].sku"])
            let ids = first.variants.map(\.id)
            let handle = await restored { $0.variants = [.init(id: ids[0], sku: "R1"), .init(id: ids[1], sku: "B1")] }
            #expect(handle?.kind == .conflict && handle?.code == "handle_taken")
            #expect(try await asStaff { try await shop.service.product(first.id.rawValue) }.status == .archived)
            try await archive(second.id.rawValue, in: shop)
            #expect(await restored { _ in } == nil)
            #expect(try await shop.service.product("mug").id == first.id)
        }
    }

    @Test func anImportGoesOnWithWhatWasArchived() async throws {
        try await withShop { shop in
            var cup = ProductDraft.mug()
            cup.title = "Cup"
            #expect(try await save(.mug(), in: shop) == .created)
            let id = try await shop.service.product("mug").id
            try await archive("mug", in: shop)
            #expect(try await save(.mug(), in: shop) == .unchanged)
            #expect(try await save(cup, in: shop) == .updated)
            #expect(try await shop.service.product("mug").id == id)
        }
    }

    @Test func aNewHandleIsFoundAndTheOldOneLeadsToIt() async throws {
        try await withShop { shop in
            let mug = try await create(.mug(), in: shop)
            _ = try await shop.service.product("mug")
            for handle in ["cup", "beaker"] {
                let changed = try await update("mug", in: shop) { $0.handle = handle }
                #expect(changed.handle == handle && changed.id == mug.id)
            }
            for name in ["mug", "cup", "beaker"] {
                #expect(try await shop.service.product(name).handle == "beaker")
            }
            let changes = try await shop.events().compactMap { try $0.payload(ProductChanged.self) }
            #expect(changes.map(\.handle) == ["mug", "cup", "beaker"])
            // A file with the old handle updates the product and does not rename it.
            var draft = ProductDraft.mug()
            draft.title = "A better mug"
            #expect(try await save(draft, in: shop) == .updated)
            #expect(try await save(draft, in: shop) == .unchanged)
            #expect(try await shop.service.product("mug").handle == "beaker")
            // A handle made of a title leaves it alone; one that is asked for takes it.
            #expect(try await shop.add("Cup").handle == "cup-2")
            var cup = ProductDraft.simple("Cup")
            cup.handle = "cup"
            let other = try await create(cup, in: shop)
            #expect(try await shop.service.product("cup").id == other.id)
            #expect(try await update("beaker", in: shop) { $0.handle = "mug" }.handle == "mug")
            #expect(try await shop.service.product("beaker").id == mug.id)
        }
    }

    @Test func aHandleOfAnotherIsRefused() async throws {
        try await withShop { shop in
            _ = try await create(.mug(), in: shop)
            let bowl = try await shop.add("Bowl")
            let taken = await refusal { _ = try await update("bowl", in: shop) { $0.handle = "mug" } }
            #expect(taken?.kind == .conflict && taken?.code == "handle_taken")
            for wrong in ["No Good", "-a", bowl.id.rawValue, String(repeating: "a", count: 122)] {
                let error = await refusal { _ = try await update("bowl", in: shop) { $0.handle = wrong } }
                #expect(error?.kind == .invalid && error?.fields.map(\.field) == ["handle"])
            }
            #expect(try await shop.service.product("bowl") == bowl)
            // Products exchange handles by way of a third.
            for (name, handle) in [("bowl", "x"), ("mug", "bowl"), ("x", "mug")] {
                _ = try await update(name, in: shop) { $0.handle = handle }
            }
            #expect(try await shop.service.product("mug").id == bowl.id)
        }
    }

    @Test func aCatalogueOfTheVersionBeforeOpens() async throws {
        let before = Array(ProductService.migrations.prefix { $0.id != "freed-names" })
        try await withDatabase(before) { database in
            let rows = [("prod_a", "stool", "published", "ST-1"), ("prod_b", "bench", "archived", "BE-1")]
            try await database.write { tx in
                for (index, (id, handle, status, sku)) in rows.enumerated() {
                    let rows = try tx.query(
                        """
                        INSERT INTO products (id, handle, title, title_key, description_html, vendor, images,
                            option_names, seo_title, seo_description, status, price_min, version, created_at, updated_at)
                        VALUES (\(id), \(handle), 'T', 't', '', '', '[]', '', '', '', \(status), 100, 1, 0, 0)
                        RETURNING number
                        """)
                    let number = try #require(try rows.first?.int64("number"))
                    try tx.execute(
                        """
                        INSERT INTO variants (id, product_number, position, sku, option_values, currency, price)
                        VALUES (\("var_\(index)"), \(number), 0, \(sku), '', 'USD', 100)
                        """)
                    try tx.execute("INSERT INTO stock VALUES (\("var_\(index)"), 0, 0, 0)")
                }
            }
            try await database.migrate(ProductService.migrations)
            try await withShop(on: database) { shop in
                #expect(try await shop.service.product("stool").variants.map(\.sku) == ["ST-1"])
                let bench = try await asStaff { try await shop.service.product("bench") }
                #expect(bench.handle == "bench" && bench.status == .archived)
                let taken = await refusal { try await shop.add("Stool", sku: "ST-1") }
                #expect(taken?.code == "sku_taken")
                let new = try await shop.add("Bench", sku: "BE-1")
                #expect(new.handle == "bench" && new.id != bench.id)
            }
        }
    }
}
