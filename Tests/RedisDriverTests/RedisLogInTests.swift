import RedisDriver
import Testing

/// Errors that a retry cannot correct name the setting at fault.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct RedisLogInTests {
    private func error(
        of server: RedisServer, _ change: (inout RedisSettings) -> Void
    ) async -> RedisConfigurationError? {
        let client = RedisClient(server.settings(change), logger: .silent)
        defer { client.close() }
        let first = await failure { try await client.ping() } as? RedisConfigurationError
        // Later calls fail the same way, without another log-in.
        #expect(await failure { try await client.ping() } as? RedisConfigurationError == first)
        return first
    }

    @Test func passwordsAndDatabases() async throws {
        try await withRedis { server in
            let wrong = await error(of: server) { $0.password = "hunter2" }
            #expect(wrong?.setting == "MAGPIE_REDIS_PASSWORD")
            #expect(wrong?.message.contains("hunter2") == false && wrong?.message.contains("refuses") == true)
            let missing = await error(of: server) { $0.password = nil }
            #expect(missing?.setting == "MAGPIE_REDIS_PASSWORD" && missing?.message.contains("not set") == true)
            let missingToo = await error(of: server) {
                $0.password = nil
                $0.database = 2
            }
            #expect(missingToo?.setting == "MAGPIE_REDIS_PASSWORD" && missingToo?.message.contains("/2") == true)
            let database = await error(of: server) { $0.database = 99 }
            #expect(database?.setting == "MAGPIE_REDIS_URL" && database?.message.contains("99") == true)
            let unknown = await error(of: server) { $0.user = "nobody" }
            #expect(unknown?.setting == "MAGPIE_REDIS_PASSWORD")
        }
    }

    @Test func anUnneededPassword() async throws {
        try await withRedis(password: nil) { server in
            let needless = await error(of: server) { $0.password = "hunter2" }
            #expect(needless?.setting == "MAGPIE_REDIS_PASSWORD")
            #expect(needless?.message.contains("has no password") == true, "\(needless?.message ?? "")")
            let client = RedisClient(server.settings(), logger: .silent)
            try await client.ping()
            client.close()
        }
    }

    @Test func aUserOfTheAccessList() async throws {
        try await withRedis { server in
            let client = RedisClient(server.settings(), logger: .silent)
            _ = try await client.send(["ACL", "SETUSER", "carts", "on", ">pw", "~cart:*", "+@all", "-@admin"])
            let user = RedisClient(
                server.settings {
                    $0.user = "carts"
                    $0.password = "pw"
                }, logger: .silent)
            _ = try await user.send(["SET", "cart:1", "x"])
            #expect((await failure { try await user.send(["SET", "other", "x"]) } as? RedisError)?.code == "NOPERM")
            user.close()
            client.close()
        }
    }

    @Test func aCorrectedPasswordIsNoticed() async throws {
        try await withRedis { server in
            let admin = RedisClient(server.settings(), logger: .silent)
            let client = RedisClient(server.settings { $0.password = "new" }, logger: .silent)
            #expect(await failure { try await client.ping() } is RedisConfigurationError)
            _ = try await admin.send(["CONFIG", "SET", "requirepass", "new"])
            try await client.untilAvailable()
            client.close()
            admin.close()
        }
    }
}
