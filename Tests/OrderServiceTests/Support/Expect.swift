import TestSupport
import Testing

/// Expects this code. (A closure written inside `#expect` can take the place of another one of the same test: Swift
/// 6.3.1 gives both one symbol. So none is.)
func expect<Value>(
    _ expected: String?, isolation: isolated (any Actor)? = #isolation, at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async {
    let found = await code(body)
    #expect(found == expected, sourceLocation: location)
}
