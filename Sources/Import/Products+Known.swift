import ProductContract
import ServiceKit

extension Products {
    /// The product, published or not; nil when there is none.
    func ifKnown(_ handle: String) async throws -> Product? {
        do {
            return try await product(handle)
        } catch let error as ServiceError where error.kind == .notFound {
            return nil
        }
    }
}
