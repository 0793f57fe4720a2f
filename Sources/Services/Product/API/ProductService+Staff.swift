import AuthContract
package import Commerce
package import ProductContract
package import ServiceKit

extension ProductService {
    package func create(_ draft: ProductDraft) async throws -> Outcome<Product> {
        try await boundary.call {
            try CallContext.current.principal.require(.productsWrite)
            return try await CreateProduct(store: store).run(draft, key: CallContext.current.idempotency)
        }
    }

    package func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product {
        try await boundary.call {
            try CallContext.current.principal.require(.productsWrite)
            return try await UpdateProduct(store: store).run(idOrHandle, change)
        }
    }

    package func save(_ draft: ProductDraft) async throws -> SaveResult {
        try await boundary.call {
            try CallContext.current.principal.require(.productsWrite)
            return try await SaveProduct(store: store).run(draft)
        }
    }

    package func currencies(of handles: [String]) async throws -> [String: Currency] {
        try await boundary.call {
            try CallContext.current.principal.require(.productsWrite)
            try BatchLimit.require(handles.count, "handles")
            return try await ReadCurrencies(store: store).run(of: handles)
        }
    }

    package func archive(_ idOrHandle: String) async throws {
        try await boundary.call {
            try CallContext.current.principal.require(.productsWrite)
            try await ArchiveProduct(store: store).run(idOrHandle)
        }
    }
}
