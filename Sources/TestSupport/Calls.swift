import AuthContract
import Commerce
package import Logging
package import ServiceKit

/// Logs nothing.
package let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs the body as a call of this principal.
package func calling<Value>(
    as principal: Principal = .anonymous, key: String? = nil, hash: String = "hash",
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async throws -> Value {
    let idempotency = key.map { IdempotencyKey(caller: principal.name, key: $0, requestHash: hash) }
    return try await CallContext(principal: principal, idempotency: idempotency).run(body)
}

/// Runs the body as a call of a staff member with every permission.
package func asStaff<Value>(
    key: IdempotencyKey? = nil, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async throws -> Value {
    let staff = Principal.staff(CustomerID(), permissions: Set(Permission.allCases))
    return try await CallContext(principal: staff, idempotency: key).run(body)
}

/// The `ServiceError` that the body throws; nil when it throws none.
package func refusal<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> ServiceError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ServiceError
    }
}

/// The code of the `ServiceError` that the body throws, or the description of another error; nil when it throws none.
package func code<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch let error as ServiceError {
        return error.code
    } catch {
        return "\(error)"
    }
}
