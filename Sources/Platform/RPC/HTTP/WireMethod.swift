import ServiceKit

/// One method of a contract over HTTP: both sides are made of this value, so they cannot drift apart.
///
/// The request is `POST /v1/<service>/<name>` with the input as JSON; the response is the output as JSON, or a problem
/// (RFC 9457) whose code, fields and `Retry-After` are the error's.
package struct WireMethod<Input: Codable & Sendable, Output: Codable & Sendable>: Sendable {
    package let service: String
    package let name: String
    /// When the call may be made again after it failed without a response.
    package let repeatable: Repeatable
    /// The longest a call may take.
    package let limit: Duration
    /// The most bytes of its input.
    package let longestInput: Int

    package typealias Repeatable = WireRepeatable

    package init(
        _ service: String, _ name: String, repeatable: Repeatable, limit: Duration = .seconds(5),
        longestInput: Int = 65_536
    ) {
        (self.service, self.name, self.repeatable, self.limit) = (service, name, repeatable, limit)
        self.longestInput = longestInput
    }

    package var path: String { "/v1/\(service)/\(name)" }

    var isRepeatableNow: Bool {
        switch repeatable {
        case .always: true
        case .never: false
        case .withKey: CallContext.current.idempotency != nil
        }
    }
}

/// When a call may be made again after it failed without a response.
package enum WireRepeatable: String, Hashable, Sendable {
    case always, never
    /// Only under an idempotency key.
    case withKey = "with a key"
}

/// A ``WireMethod`` without its types.
package struct WireMethodEntry: Hashable, Sendable {
    package let service: String
    package let name: String
    package let path: String
    package let repeatable: WireRepeatable
    package let limit: Duration

    init<Input, Output>(_ method: WireMethod<Input, Output>) {
        (service, name, path) = (method.service, method.name, method.path)
        (repeatable, limit) = (method.repeatable, method.limit)
    }
}

/// No input, or no output.
package struct Nothing: Hashable, Codable, Sendable {
    package init() {}
}
