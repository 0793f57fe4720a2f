import Foundation
import NIOHTTP1
import Testing

/// Changes of products by staff and by imports, as they and customers see them.
@Suite(.serialized, .shape(.oneProcess)) struct CatalogueJourneyTests {
    @Test func handlesAndSKUsAreFreedAndChanged() async throws {
        try await withShop { shop in
            let admin = try await shop.administrator()
            func create() async throws -> Answer {
                try await shop.api(
                    "POST", "/admin/products", token: admin,
                    #"{"title":"Stool","handle":"stool","variants":[{"sku":"ST-1","price":{"amount":900,"currency":"USD"}}]}"#
                )
            }
            let first = try await create()
            #expect(first.status == 201, "\(first.text)")
            #expect(try await create().code == "handle_taken")
            let cart = try await shop.filledCart(handle: "stool", quantity: 1)
            #expect(try await shop.api("DELETE", "/admin/products/stool", token: admin).status == 204)
            let second = try await create()
            #expect(second.status == 201, "\(second.text)")
            #expect(second.json["id"].string != first.json["id"].string)
            let lines = try await shop.api("GET", "/carts/\(cart)").json["lines"].array
            #expect(lines.map { $0["title"].string } == ["Stool"])
            #expect(lines.map { $0["product_id"].string } == [first.json["id"].string])

            let patched = try await shop.api("PATCH", "/admin/products/stool", token: admin, #"{"handle":"bar-stool"}"#)
            #expect(patched.status == 200 && patched.json["handle"].string == "bar-stool", "\(patched.text)")
            let old = try await Client.shared.get("http://127.0.0.1:\(shop.port)/products/stool?variant=x")
            #expect(old.status == 301)
            #expect(old.headers.first(name: "Location") == "/products/bar-stool?variant=x")
            #expect(try await shop.api("GET", "/products/stool").json["handle"].string == "bar-stool")
            let id = first.json["id"].string ?? ""
            let back = try await shop.api("PATCH", "/admin/products/\(id)", token: admin, #"{"status":"published"}"#)
            #expect(back.status == 409 && back.code == "sku_taken", "\(back.text)")
        }
    }

    @Test func aFileOfManyVariantsWithOneSKUIsImported() async throws {
        try await withShop { shop in
            let count = 300
            let rows = (0..<count).map { "paint,\($0 == 0 ? "Paint" : ""),Shade,s\($0),shopify,5,10.00" }
            let header =
                "Handle,Title,Option1 Name,Option1 Value,Variant Inventory Tracker,Variant Inventory Qty,Variant Price"
            let file = shop.folder.appending(path: "paint.csv")
            try Data(([header] + rows).joined(separator: "\n").utf8).write(to: file)
            let imported = try shop.command("import", "shopify", file.path)
            #expect(imported.status == 0 && imported.output.contains("1 created"), "\(imported.output)")
            try await shop.eventually("all variants are there") {
                try await shop.api("GET", "/products/paint").json["variants"].array.count == count
            }
            let browser = Browser(shop)
            #expect(try await browser.open("/products/paint?o0=s299") == 200)
            #expect(browser.page.contains("Shade: <span>s299</span>"))

            let forgotten = try shop.command("import", "shopify", file.path, "--currency", "GBP")
            #expect(forgotten.status == 1, "\(forgotten.output)")
            #expect(forgotten.output.contains("would change 1 product from USD to GBP"), "\(forgotten.output)")
            let price = try await shop.api("GET", "/products/paint").json["price_range"]["min"]
            #expect(price["currency"].string == "USD" && price["amount"].int == 1_000)
        }
    }
}
