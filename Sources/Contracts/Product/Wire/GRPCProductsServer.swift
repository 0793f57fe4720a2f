import Commerce
import CommerceWire
package import GRPCCore
package import ProductContract
import ServiceKit
import SwiftProtobuf

/// Offers this catalogue to other processes.
package struct GRPCProductsServer: Magpie_Product_V1_Products.SimpleServiceProtocol {
    let products: any Products

    package init(_ products: any Products) { self.products = products }

    package func listProducts(
        request: Magpie_Product_V1_ListProductsRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ListProductsResponse {
        Magpie_Product_V1_ListProductsResponse(try await products.products(ProductQuery(wire: request)))
    }

    package func getProduct(
        request: Magpie_Product_V1_GetProductRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_Product {
        Magpie_Product_V1_Product(try await products.product(request.idOrHandle))
    }

    package func getVariants(
        request: Magpie_Product_V1_GetVariantsRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_GetVariantsResponse {
        let details = try await products.variants(request.ids.map { try VariantID(wire: $0, "ids") })
        return .with { $0.variants = details.map(Magpie_Product_V1_VariantDetail.init) }
    }

    package func listCategories(
        request: Magpie_Product_V1_ListCategoriesRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ListCategoriesResponse {
        let categories = try await products.categories()
        return .with { $0.categories = categories.map(Magpie_Product_V1_Category.init) }
    }

    package func getShopCurrency(
        request: Magpie_Product_V1_GetShopCurrencyRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_GetShopCurrencyResponse {
        let currency = try await products.shopCurrency()
        return .with { if let currency { $0.currency = currency.code } }
    }

    package func createProduct(
        request: Magpie_Product_V1_CreateProductRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_CreateProductResponse {
        let outcome = try await products.create(ProductDraft(wire: request.hasDraft ? request.draft : nil))
        return .with {
            $0.product = Magpie_Product_V1_Product(outcome.value)
            $0.replayed = outcome.replayed
        }
    }

    package func updateProduct(
        request: Magpie_Product_V1_UpdateProductRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_Product {
        Magpie_Product_V1_Product(try await products.update(request.idOrHandle, ProductChange(wire: request)))
    }

    package func saveProduct(
        request: Magpie_Product_V1_SaveProductRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_SaveProductResponse {
        let result = try await products.save(ProductDraft(wire: request.hasDraft ? request.draft : nil))
        return .with { $0.result = result.rawValue }
    }

    package func listCurrencies(
        request: Magpie_Product_V1_ListCurrenciesRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ListCurrenciesResponse {
        let currencies = try await products.currencies(of: request.handles)
        return .with { $0.currencies = currencies.mapValues(\.code) }
    }

    package func archiveProduct(
        request: Magpie_Product_V1_ArchiveProductRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ArchiveProductResponse {
        try await products.archive(request.idOrHandle)
        return Magpie_Product_V1_ArchiveProductResponse()
    }
}
