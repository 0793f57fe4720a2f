import Commerce
import ProductContract
import ServiceKit
import SwiftProtobuf

extension ProductQuery {
    init(wire: Magpie_Product_V1_ListProductsRequest) throws {
        self.init()
        let page = try PageRequest(wire: wire.hasPage ? wire.page : nil)
        text = wire.hasText ? wire.text : nil
        category = wire.hasCategory ? wire.category : nil
        tags = wire.tags
        vendor = wire.hasVendor ? wire.vendor : nil
        minimumPrice = wire.hasMinimumPrice ? wire.minimumPrice : nil
        maximumPrice = wire.hasMaximumPrice ? wire.maximumPrice : nil
        availableOnly = wire.availableOnly
        sort = wire.hasSort ? try Sort(wire: wire.sort, "sort") : nil
        cursor = page.cursor
        limit = page.limit
        wantsCount = page.wantsCount
        includeUnpublished = wire.includeUnpublished
    }
}

extension Magpie_Product_V1_ListProductsRequest {
    init(_ query: ProductQuery) {
        if let text = query.text { self.text = text }
        if let category = query.category { self.category = category }
        tags = query.tags
        if let vendor = query.vendor { self.vendor = vendor }
        if let price = query.minimumPrice { minimumPrice = price }
        if let price = query.maximumPrice { maximumPrice = price }
        availableOnly = query.availableOnly
        if let sort = query.sort { self.sort = sort.rawValue }
        page = .init(PageRequest(cursor: query.cursor, limit: query.limit, wantsCount: query.wantsCount))
        includeUnpublished = query.includeUnpublished
    }
}

extension ProductPage {
    init(wire: Magpie_Product_V1_ListProductsResponse) throws {
        let page = Page(try wire.products.map(Product.init(wire:)), wire: wire.page)
        self.init(
            items: page.items, nextCursor: page.nextCursor, count: page.count,
            facets: wire.hasFacets ? Facets(wire: wire.facets) : nil)
    }
}

extension Magpie_Product_V1_ListProductsResponse {
    init(_ page: ProductPage) {
        products = page.items.map(Magpie_Product_V1_Product.init)
        self.page = .init(nextCursor: page.nextCursor, count: page.count)
        if let facets = page.facets { self.facets = Magpie_Product_V1_Facets(facets) }
    }
}

extension ProductPage.Facets {
    fileprivate init(wire: Magpie_Product_V1_Facets) {
        func values(_ wire: [Magpie_Product_V1_Facets.Value]) -> [Value] {
            wire.map { Value(value: $0.value, count: Int($0.count)) }
        }
        self.init(
            categories: values(wire.categories), tags: values(wire.tags), vendors: values(wire.vendors))
    }
}

extension Magpie_Product_V1_Facets {
    fileprivate init(_ facets: ProductPage.Facets) {
        func values(_ values: [ProductPage.Facets.Value]) -> [Value] {
            values.map { value in
                .with {
                    $0.value = value.value
                    $0.count = Int64(value.count)
                }
            }
        }
        categories = values(facets.categories)
        tags = values(facets.tags)
        vendors = values(facets.vendors)
    }
}
