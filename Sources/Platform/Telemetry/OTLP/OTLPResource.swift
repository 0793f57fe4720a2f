import ServiceKit
import SwiftProtobuf

/// A service of the process, as what it exports names it.
enum OTLPResource {
    /// The semantic conventions of all attributes.
    static let schema = "https://opentelemetry.io/schemas/1.45.0"

    /// The same for all services of a process, and new for each start.
    private static let instance = TraceContext.new().traceID

    static func resource(_ service: String) -> Opentelemetry_Proto_Resource_V1_Resource {
        .with {
            $0.attributes = [
                pair("service.name", "\(service)"), pair("service.namespace", "magpie"),
                pair("service.instance.id", instance), pair("telemetry.sdk.name", "magpie"),
                pair("telemetry.sdk.language", "swift"),
            ]
        }
    }

    static let scope = Opentelemetry_Proto_Common_V1_InstrumentationScope.with { $0.name = "magpie" }

    static func pair(_ key: String, _ text: String) -> Opentelemetry_Proto_Common_V1_KeyValue {
        .with {
            $0.key = key
            $0.value.stringValue = text
        }
    }
}
