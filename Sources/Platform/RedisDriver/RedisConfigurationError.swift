/// The configuration is wrong, and only an operator can correct it.
package struct RedisConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The environment variable at fault.
    package var setting: String
    /// What is wrong with it; never the password.
    package var message: String

    package var description: String { "\(setting): \(message)" }

    static func url(_ message: String) -> RedisConfigurationError {
        RedisConfigurationError(setting: "MAGPIE_REDIS_URL", message: message)
    }

    static func password(_ message: String) -> RedisConfigurationError {
        RedisConfigurationError(setting: "MAGPIE_REDIS_PASSWORD", message: message)
    }
}
