/// A connection could not be made, or is broken.
struct RedisConnectionFailure: Error {
    var reason: String
}
