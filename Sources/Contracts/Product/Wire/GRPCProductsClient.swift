package import Commerce
import CommerceWire
import GRPCCore
package import ProductContract
package import RPC
package import ServiceKit
import SwiftProtobuf

/// `Products` of another process.
package struct GRPCProductsClient: Products {
    let peer: GRPCPeer
    let stub: Magpie_Product_V1_Products.Client<GRPCConnection.Transport>

    package init(_ peer: GRPCPeer) {
        self.peer = peer
        stub = Magpie_Product_V1_Products.Client(wrapping: peer.client)
    }

    package func products(_ query: ProductQuery) async throws -> ProductPage {
        try await peer.call("ListProducts", repeatable: true) { metadata, options in
            try await ProductPage(wire: stub.listProducts(.init(query), metadata: metadata, options: options))
        }
    }

    package func product(_ idOrHandle: String) async throws -> Product {
        try await peer.call("GetProduct", repeatable: true) { metadata, options in
            try await Product(
                wire: stub.getProduct(.with { $0.idOrHandle = idOrHandle }, metadata: metadata, options: options))
        }
    }

    package func variants(_ ids: [VariantID]) async throws -> [VariantDetail] {
        try await peer.call("GetVariants", repeatable: true) { metadata, options in
            try await stub.getVariants(
                .with { $0.ids = ids.map(\.rawValue) }, metadata: metadata, options: options
            ).variants.map(VariantDetail.init(wire:))
        }
    }

    package func categories() async throws -> [ProductContract.Category] {
        try await peer.call("ListCategories", repeatable: true) { metadata, options in
            try await stub.listCategories(.init(), metadata: metadata, options: options)
                .categories.map(ProductContract.Category.init(wire:))
        }
    }

    package func shopCurrency() async throws -> Currency? {
        try await peer.call("GetShopCurrency", repeatable: true) { metadata, options in
            let response = try await stub.getShopCurrency(.init(), metadata: metadata, options: options)
            return response.hasCurrency ? try Currency(wire: response.currency, "currency") : nil
        }
    }

    package func create(_ draft: ProductDraft) async throws -> Outcome<Product> {
        try await peer.call("CreateProduct", repeatable: CallContext.current.idempotency != nil) { metadata, options in
            let response = try await stub.createProduct(
                .with { $0.draft = .init(draft) }, metadata: metadata, options: options)
            return Outcome(try Product(wire: response.product), replayed: response.replayed)
        }
    }

    package func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product {
        try await peer.call("UpdateProduct", repeatable: false) { metadata, options in
            try await Product(
                wire: stub.updateProduct(.init(idOrHandle, change), metadata: metadata, options: options))
        }
    }

    package func save(_ draft: ProductDraft) async throws -> SaveResult {
        try await peer.call("SaveProduct", repeatable: true) { metadata, options in
            let response = try await stub.saveProduct(
                .with { $0.draft = .init(draft) }, metadata: metadata, options: options)
            return try SaveResult(wire: response.result, "result")
        }
    }

    package func currencies(of handles: [String]) async throws -> [String: Currency] {
        try await peer.call("ListCurrencies", repeatable: true) { metadata, options in
            let response = try await stub.listCurrencies(
                .with { $0.handles = handles }, metadata: metadata, options: options)
            return try response.currencies.mapValues { try Currency(wire: $0, "currencies") }
        }
    }

    package func archive(_ idOrHandle: String) async throws {
        try await peer.call("ArchiveProduct", repeatable: true) { metadata, options in
            _ = try await stub.archiveProduct(
                .with { $0.idOrHandle = idOrHandle }, metadata: metadata, options: options)
        }
    }
}
