import ServiceKit
import Testing

func calling<Value>(
    as principal: Principal = .anonymous, key: String? = nil, hash: String = "hash",
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async throws -> Value {
    let idempotency = key.map { IdempotencyKey(caller: principal.name, key: $0, requestHash: hash) }
    return try await CallContext(principal: principal, idempotency: idempotency).run(body)
}

/// The code of the `ServiceError` that the body throws, or the description of another error; nil when it throws none.
func code<Value>(
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

/// The `ServiceError` that the body throws.
func serviceError<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> ServiceError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ServiceError
    }
}

/// Expects this code. (A closure written inside `#expect` can take the place of another one of the same test: Swift
/// 6.3.1 gives both one symbol. So none is.)
func expect<Value>(
    _ expected: String?, isolation: isolated (any Actor)? = #isolation, at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async {
    let found = await code(body)
    #expect(found == expected, sourceLocation: location)
}
