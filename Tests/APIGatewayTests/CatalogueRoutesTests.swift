import AuthContract
import Commerce
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ProductContract
import ServiceKit
import Testing
import Web

@Suite struct CatalogueRoutesTests {
    @Test func anUnchangedProductIsNotModified() async throws {
        try await Shop(Services(onProduct: { _ in mug() })).test { client in
            let first = try await client.send(.get, "/api/v1/products/mug")
            #expect(first.status == .ok)
            let tag = try #require(first.headers[.eTag])
            #expect(first.headers[.cacheControl] == "public, max-age=0, must-revalidate")
            for header in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try await client.send(.get, "/api/v1/products/mug", ["If-None-Match": header])
                #expect(again.status == .notModified)
                #expect(again.headers[.eTag] == tag)
                #expect(again.body.readableBytes == 0)
            }
            let other = try await client.send(.get, "/api/v1/products/mug", ["If-None-Match": "\"other\""])
            #expect(other.status == .ok)
            #expect(try await client.send(.head, "/api/v1/products/mug").headers[.eTag] == tag)
        }
    }

    @Test func hotReadsAreCachedExceptForStaff() async throws {
        let reads = Recorder<String>()
        let shop = try await Shop(
            Services(onProduct: { name in
                reads.record(name); return mug()
            }), productLifetime: .seconds(60))
        let staff = try await shop.token([.productsWrite])
        try await shop.test { client in
            for _ in 0..<5 { _ = try await client.send(.get, "/api/v1/products/mug") }
            #expect(reads.values.count == 1)
            let response = try await client.send(.get, "/api/v1/products/mug", ["Authorization": "Bearer \(staff)"])
            #expect(response.headers[.cacheControl]?.hasPrefix("private") == true)
            #expect(reads.values.count == 2)
        }
    }

    @Test func aNewVersionShowsAtOnceWithoutALifetime() async throws {
        let reads = Recorder<String>()
        let services = Services(onProduct: { name in
            reads.record(name)
            return mug(version: reads.values.count > 2 ? 2 : 1)
        })
        try await Shop(services).test { client in
            for version in [1, 1, 2] as [Int64] {
                let response = try await client.send(.get, "/api/v1/products/mug")
                #expect(response.json?["version"] == .int(version))
            }
        }
    }

    @Test func staffWritesShowAtOnceAndAreRecorded() async throws {
        let archived = Recorder<String>()
        let shop = try await Shop(
            Services(
                onProduct: { _ in
                    if archived.values.isEmpty { return mug() }
                    throw ServiceError.productNotFound
                }, onArchive: { archived.record($0) }), productLifetime: .seconds(60))
        let staff = try await shop.token([.productsWrite])
        try await shop.test { client in
            #expect(try await client.send(.get, "/api/v1/products/mug").status == .ok)
            let answer = try await client.send(
                .delete, "/api/v1/admin/products/mug", ["Authorization": "Bearer \(staff)"])
            #expect(answer.status == .noContent)
            #expect(try await client.send(.get, "/api/v1/products/mug").status == .notFound)
        }
        #expect(shop.staffActions.values == ["product.archive mug"])
    }

    @Test func filtersReachTheCatalogue() async throws {
        let queries = Recorder<ProductQuery>()
        let services = Services(onProducts: { query in
            queries.record(query)
            return ProductPage(items: [], nextCursor: nil, count: nil, facets: nil)
        })
        try await Shop(services).test { client in
            let uri = "/api/v1/products?q=red%20mug&price[gte]=1000&price%5Blte%5D=2000&tag=a&tag=b&category=kitchen"
            let texts = "&vendor=Kiln&product_type=Mug"
            _ = try await client.send(.get, uri + texts + "&sort=-price&available=true&count=true&limit=7&utm_source=x")
        }
        let query = try #require(queries.values.first)
        #expect(query.text == "red mug")
        #expect(query.minimumPrice == 1_000)
        #expect(query.maximumPrice == 2_000)
        #expect(query.tags == ["a", "b"])
        #expect(query.category == "kitchen")
        #expect(query.texts == [.vendor: "Kiln", .productType: "Mug"])
        #expect(query.sort == .priceDown)
        #expect(query.availableOnly && query.wantsCount && !query.includeUnpublished)
        #expect(query.limit == 7)
    }

    @Test func categoriesBelowOthersAreFound() async throws {
        let mugs = Category(id: CategoryID(), handle: "mugs", title: "Mugs", productCount: 2)
        let kitchen = Category(
            id: CategoryID(), handle: "kitchen", title: "Kitchen", productCount: 3, children: [mugs])
        try await Shop(Services(onCategories: { [kitchen] })).test { client in
            let tree = try await client.send(.get, "/api/v1/categories").json
            #expect(tree?["items"]?.arrayValue?.first?["children"]?.arrayValue?.first?["handle"] == .string("mugs"))
            for name in ["mugs", mugs.id.rawValue] {
                let found = try await client.send(.get, "/api/v1/categories/\(name)")
                #expect(found.json?["product_count"] == .int(2))
            }
            #expect(try await client.send(.get, "/api/v1/categories/bowls").status == .notFound)
        }
    }

    @Test(arguments: [
        "limit=0", "limit=101", "limit=x", "sort=colour", "sort=relevance", "price[gte]=-1", "available=2",
    ])
    func invalidQueriesAreRefused(query: String) async throws {
        try await Shop().test { client in
            let response = try await client.send(.get, "/api/v1/products?\(query)")
            #expect(response.status == .unprocessableContent)
            #expect(response.faults == [query.split(separator: "=").first.map(String.init) ?? ""])
        }
    }

    @Test func aSearchHasAtMost200Characters() async throws {
        try await Shop().test { client in
            let response = try await client.send(.get, "/api/v1/products?q=\(String(repeating: "a", count: 201))")
            #expect(response.status == .unprocessableContent)
        }
    }

    @Test func aProductHasAtMost2048Variants() async throws {
        let counts = Recorder<Int>()
        let shop = try await Shop(
            Services(onCreate: { draft in
                counts.record(draft.variants.count)
                return Outcome(mug())
            }))
        let staff = ["Authorization": "Bearer \(try await shop.token([.productsWrite]))"]
        try await shop.test { client in
            for (count, status) in [(2_048, HTTPResponse.Status.created), (2_049, .unprocessableContent)] {
                let variants = (0..<count).map {
                    #"{"sku":"P\#($0)","options":{"Shade":"\#($0)"},"price":{"amount":1000,"currency":"USD"}}"#
                }
                let body = #"{"title":"Paint","variants":[\#(variants.joined(separator: ","))]}"#
                let answer = try await client.send(.post, "/api/v1/admin/products", staff, json: body)
                #expect(answer.status == status)
                #expect(Set(answer.faults) == (status == .created ? [] : ["variants"]))
            }
        }
        #expect(counts.values == [2_048])
    }

    @Test func staffWriteProductsInTheirPublicForm() async throws {
        let drafts = Recorder<ProductDraft>()
        let shop = try await Shop(
            Services(onCreate: { draft in
                drafts.record(draft); return Outcome(mug())
            }))
        let staff = ["Authorization": "Bearer \(try await shop.token([.productsWrite]))"]
        try await shop.test { client in
            let body = #"""
                {"title": "Big Mug", "vendor": null, "product_type": "Mug",
                 "options": [{"name": "Size"}, {"name": "Colour"}], "variants": [
                  {"sku": "A", "barcode": "4006381333931", "options": {"Colour": "Red", "Size": "L"},
                   "price": {"amount": 1999, "currency": "USD"}}]}
                """#
            #expect(try await client.send(.post, "/api/v1/admin/products", staff, json: body).status == .created)
            let wrong = try await client.send(
                .post, "/api/v1/admin/products", staff,
                json: #"{"title": "M", "options": [{"name": "Size"}], "variants": [{"price": {"amount": 1}}]}"#)
            #expect(Set(wrong.faults) == ["variants[0].price.currency", "variants[0].options"])
        }
        let draft = try #require(drafts.values.first)
        #expect(draft.handle == "")  // The catalogue makes one of the title.
        #expect(draft.optionNames == ["Size", "Colour"])
        #expect(draft.variants.first?.optionValues == ["L", "Red"])
        #expect(draft.vendor == "" && draft.texts[.productType] == "Mug")
        #expect(draft.variants.first?.texts == [.sku: "A", .barcode: "4006381333931"])
    }
}
