import Synchronization

/// Made when it is first asked for, once.
final class OnDemand<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)
    private let make: @Sendable () throws -> Value

    init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

    /// nil when nobody has asked.
    var alreadyMade: Value? { made.withLock { $0 } }

    @Sendable func value() throws -> Value {
        try made.withLock { made in
            if let made { return made }
            let value = try make()
            made = value
            return value
        }
    }
}
