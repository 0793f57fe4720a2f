/// A Lua script, which the server runs as one step.
package struct RedisScript: Sendable {
    package var source: String

    package init(_ source: String) { self.source = source }
}

extension RedisClient {
    /// Runs a script by its name. A server that does not know it, as after a restart, gets the whole text.
    ///
    /// - Parameter keys: Every key the script touches.
    package func run(
        _ script: RedisScript, keys: [String], _ arguments: [RedisArgument] = []
    ) async throws -> RedisReply {
        let rest = [RedisArgument(Int64(keys.count))] + keys.map { RedisArgument($0) } + arguments
        do {
            return try await send(["EVALSHA", RedisArgument(try await digest(of: script))] + rest)
        } catch let error as RedisError where error.code == "NOSCRIPT" {
            return try await send(["EVAL", RedisArgument(script.source)] + rest)
        }
    }
}
