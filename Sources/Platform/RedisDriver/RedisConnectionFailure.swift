/// A connection could not be made, or is of no more use.
struct RedisConnectionFailure: Error {
    var reason: String
}
