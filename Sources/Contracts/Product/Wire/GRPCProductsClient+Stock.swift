package import Commerce
import CommerceWire
import GRPCCore
package import ProductContract
import RPC
package import ServiceKit
import SwiftProtobuf

extension GRPCProductsClient {
    package func reserve(_ reservation: StockReservation) async throws {
        try await peer.call("Reserve", repeatable: true) { metadata, options in
            _ = try await stub.reserve(.init(reservation), metadata: metadata, options: options)
        }
    }

    package func commitReservation(for order: OrderID) async throws {
        try await peer.call("CommitReservation", repeatable: true) { metadata, options in
            _ = try await stub.commitReservation(
                .with { $0.orderID = order.rawValue }, metadata: metadata, options: options)
        }
    }

    package func releaseReservation(for order: OrderID) async throws {
        try await peer.call("ReleaseReservation", repeatable: true) { metadata, options in
            _ = try await stub.releaseReservation(
                .with { $0.orderID = order.rawValue }, metadata: metadata, options: options)
        }
    }

    package func restock(order: OrderID) async throws {
        try await peer.call("Restock", repeatable: true) { metadata, options in
            _ = try await stub.restock(.with { $0.orderID = order.rawValue }, metadata: metadata, options: options)
        }
    }

    package func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> {
        try await peer.call("AdjustStock", repeatable: CallContext.current.idempotency != nil) { metadata, options in
            let response = try await stub.adjustStock(.init(adjustment), metadata: metadata, options: options)
            return Outcome(try StockLevel(wire: response.level), replayed: response.replayed)
        }
    }

    package func stockLevels(page: PageRequest) async throws -> Page<StockLevel> {
        try await peer.call("ListStockLevels", repeatable: true) { metadata, options in
            let response = try await stub.listStockLevels(
                .with { $0.page = .init(page) }, metadata: metadata, options: options)
            return Page(try response.levels.map(StockLevel.init(wire:)), wire: response.page)
        }
    }

    package func stockMovements(_ variant: VariantID, page: PageRequest) async throws -> Page<StockMovement> {
        try await peer.call("ListStockMovements", repeatable: true) { metadata, options in
            let response = try await stub.listStockMovements(
                .with {
                    $0.variantID = variant.rawValue
                    $0.page = .init(page)
                }, metadata: metadata, options: options)
            return Page(try response.movements.map(StockMovement.init(wire:)), wire: response.page)
        }
    }
}
