import Commerce
import CommerceWire
package import GRPCCore
import ProductContract
import ServiceKit
import SwiftProtobuf

extension GRPCProductsServer {
    package func reserve(
        request: Magpie_Product_V1_ReserveRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ReserveResponse {
        try await products.reserve(StockReservation(wire: request))
        return Magpie_Product_V1_ReserveResponse()
    }

    package func commitReservation(
        request: Magpie_Product_V1_CommitReservationRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_CommitReservationResponse {
        try await products.commitReservation(for: OrderID(wire: request.orderID, "order_id"))
        return Magpie_Product_V1_CommitReservationResponse()
    }

    package func releaseReservation(
        request: Magpie_Product_V1_ReleaseReservationRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ReleaseReservationResponse {
        try await products.releaseReservation(for: OrderID(wire: request.orderID, "order_id"))
        return Magpie_Product_V1_ReleaseReservationResponse()
    }

    package func restock(
        request: Magpie_Product_V1_RestockRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_RestockResponse {
        try await products.restock(order: OrderID(wire: request.orderID, "order_id"))
        return Magpie_Product_V1_RestockResponse()
    }

    package func adjustStock(
        request: Magpie_Product_V1_AdjustStockRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_AdjustStockResponse {
        let outcome = try await products.adjustStock(StockAdjustment(wire: request))
        return .with {
            $0.level = Magpie_Product_V1_StockLevel(outcome.value)
            $0.replayed = outcome.replayed
        }
    }

    package func listStockLevels(
        request: Magpie_Product_V1_ListStockLevelsRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ListStockLevelsResponse {
        let page = try await products.stockLevels(page: PageRequest(wire: request.hasPage ? request.page : nil))
        return .with {
            $0.levels = page.items.map(Magpie_Product_V1_StockLevel.init)
            $0.page = .init(nextCursor: page.nextCursor, count: page.count)
        }
    }

    package func listStockMovements(
        request: Magpie_Product_V1_ListStockMovementsRequest, context: ServerContext
    ) async throws -> Magpie_Product_V1_ListStockMovementsResponse {
        let page = try await products.stockMovements(
            VariantID(wire: request.variantID, "variant_id"),
            page: PageRequest(wire: request.hasPage ? request.page : nil))
        return .with {
            $0.movements = page.items.map(Magpie_Product_V1_StockMovement.init)
            $0.page = .init(nextCursor: page.nextCursor, count: page.count)
        }
    }
}
