import RedisDriver
import Testing

@Suite struct RedisSettingsTests {
    @Test(arguments: [
        ("redis://cache", "redis://cache:6379/0"),
        ("redis://cache/", "redis://cache:6379/0"),
        ("REDIS://cache.shop.internal:7000/3", "redis://cache.shop.internal:7000/3"),
        ("redis://carts@cache:7000", "redis://carts@cache:7000/0"),
        ("redis://a@b@cache", "redis://a@b@cache:6379/0"),
        ("redis://@cache/15", "redis://cache:6379/15"),
        ("redis://[::1]", "redis://[::1]:6379/0"),
        ("redis://carts@[fd00::7]:7000/2", "redis://carts@[fd00::7]:7000/2"),
    ])
    func anAddressIsRead(_ url: String, _ meaning: String) throws {
        #expect("\(try RedisSettings(url: url, password: "p"))" == meaning)
    }

    @Test(arguments: [
        ("", "redis://"), ("cache:6379", "redis://"), ("http://cache", "redis://"), ("rediss://cache", "TLS"),
        ("redis://", "host"), ("redis://:6379", "host"), ("redis:///3", "host"), ("redis://[]", "host"),
        ("redis://cache:", "port ''"), ("redis://cache:0", "port '0'"), ("redis://cache:65536", "port '65536'"),
        ("redis://cache:port", "port 'port'"), ("redis://::1", "brackets"), ("redis://[::1]x", "]"),
        ("redis://cache/-1", "database '-1'"), ("redis://cache/one", "database 'one'"),
        ("redis://cache/1/2", "database '1/2'"), ("redis://cache/0?x=1", "database '0?x=1'"),
    ])
    func aWrongAddressSaysWhatIsWrong(_ url: String, _ reason: String) {
        let error = #expect(throws: RedisConfigurationError.self) { try RedisSettings(url: url, password: "p") }
        #expect(error?.setting == "MAGPIE_REDIS_URL")
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func aPasswordInTheAddressIsRefusedAndNotRepeated() {
        for url in ["redis://user:hunter2@cache", "redis://:hunter2@cache", "redis://hunter2:x@cache:port"] {
            let error = #expect(throws: RedisConfigurationError.self) { try RedisSettings(url: url, password: nil) }
            #expect(error?.description.contains("MAGPIE_REDIS_PASSWORD") == true)
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test func aUserNeedsAPassword() {
        for password in [nil, ""] {
            let error = #expect(throws: RedisConfigurationError.self) {
                try RedisSettings(url: "redis://carts@cache", password: password)
            }
            #expect(error?.setting == "MAGPIE_REDIS_PASSWORD")
        }
    }

    @Test func thePasswordIsNeverShown() throws {
        let settings = try RedisSettings(url: "redis://carts@cache", password: "hunter2")
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped, "\([settings])"] {
            #expect(!text.contains("hunter2"))
        }
    }
}
