import CommerceWire
import ProductContract
import ServiceKit

extension ProductQuery {
    init(wire: Magpie_Product_V1_ListProductsRequest) throws {
        self.init()
        let page = try PageRequest(wire: wire.hasPage ? wire.page : nil)
        text = wire.hasText ? wire.text : nil
        category = wire.hasCategory ? wire.category : nil
        tags = wire.tags
        texts = ProductText.texts(wire.texts)
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
        texts = Magpie_Product_V1_ProductTexts(query.texts)
    }
}
