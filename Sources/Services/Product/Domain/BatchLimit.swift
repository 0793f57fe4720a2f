import Commerce
import ServiceKit

/// How many products or variants one call may name.
enum BatchLimit {
    /// Throws 422 for more than 1,000.
    static func require(_ count: Int, _ field: String) throws(ServiceError) {
        guard count <= 1_000 else { throw .invalid(field, code: FieldCode.tooMany, "must be at most 1000") }
    }
}
