package import GRPCCore
package import SwiftProtobuf

/// A kind of telemetry that OTLP carries. https://opentelemetry.io/docs/specs/otlp/
package protocol OTLPSignal: Sendable {
    associatedtype Request: Message
    associatedtype Response: Message

    /// Below the endpoint.
    static var path: String { get }
    static var method: MethodDescriptor { get }
    /// How many items the receiver did not take.
    static func rejected(_ response: Response) -> Int64
}
