import Foundation
import ServiceKit
import SwiftProtobuf
import Tracing

extension [FinishedSpan] {
    /// The spans as one request, grouped by the services that made them.
    package var request: TraceSignal.Request {
        let services = Dictionary(grouping: self, by: \.service).sorted { $0.key < $1.key }
        return .with { request in
            request.resourceSpans = services.map { service, spans in
                .with {
                    $0.resource = OTLPResource.resource(service)
                    $0.schemaURL = OTLPResource.schema
                    $0.scopeSpans = [
                        .with {
                            $0.scope = OTLPResource.scope
                            $0.schemaURL = OTLPResource.schema
                            $0.spans = spans.map(\.message)
                        }
                    ]
                }
            }
        }
    }
}

extension FinishedSpan {
    fileprivate var message: Opentelemetry_Proto_Trace_V1_Span {
        .with {
            $0.traceID = bytes(ofHex: trace.traceID)
            $0.spanID = bytes(ofHex: trace.spanID)
            $0.traceState = trace.state
            if let parentSpanID { $0.parentSpanID = bytes(ofHex: parentSpanID) }
            $0.name = name
            $0.kind = kind.message
            $0.startTimeUnixNano = start
            $0.endTimeUnixNano = end
            $0.attributes = attributes.pairs
            $0.droppedAttributesCount = UInt32(clamping: dropped.attributes)
            $0.events = events.map { event in
                .with {
                    $0.timeUnixNano = event.nanosecondsSinceEpoch
                    $0.name = event.name
                    $0.attributes = event.attributes.pairs
                }
            }
            $0.droppedEventsCount = UInt32(clamping: dropped.events)
            $0.links = links.map { link in
                .with {
                    $0.traceID = bytes(ofHex: link.traceID)
                    $0.spanID = bytes(ofHex: link.spanID)
                    $0.traceState = link.state
                    $0.flags = link.sampled ? 1 : 0
                }
            }
            $0.droppedLinksCount = UInt32(clamping: dropped.links)
            if let status { $0.status.code = status.code == .ok ? .ok : .error }
            $0.flags = trace.sampled ? 1 : 0
        }
    }
}

extension SpanKind {
    fileprivate var message: Opentelemetry_Proto_Trace_V1_Span.SpanKind {
        switch self {
        case .server: .server
        case .client: .client
        case .producer: .producer
        case .consumer: .consumer
        case .internal: .internal
        }
    }
}

extension SpanAttributes {
    /// Sorted by key, so that equal attributes are equal bytes.
    fileprivate var pairs: [Opentelemetry_Proto_Common_V1_KeyValue] {
        var pairs: [Opentelemetry_Proto_Common_V1_KeyValue] = []
        forEach { key, value in
            pairs.append(
                .with {
                    $0.key = key
                    $0.value = value.message
                })
        }
        return pairs.sorted { $0.key < $1.key }
    }
}

extension SpanAttribute {
    /// The most characters of a text.
    private static let longest = 1_024

    fileprivate var message: Opentelemetry_Proto_Common_V1_AnyValue {
        .with {
            switch self {
            case .int32(let number): $0.intValue = Int64(number)
            case .int64(let number): $0.intValue = number
            case .double(let number): $0.doubleValue = number
            case .bool(let flag): $0.boolValue = flag
            case .string(let text): $0.stringValue = String(text.prefix(Self.longest))
            case .stringConvertible(let value): $0.stringValue = String("\(value)".prefix(Self.longest))
            case .int32Array(let all): $0.arrayValue.values = all.map { Self.int32($0).message }
            case .int64Array(let all): $0.arrayValue.values = all.map { Self.int64($0).message }
            case .doubleArray(let all): $0.arrayValue.values = all.map { Self.double($0).message }
            case .boolArray(let all): $0.arrayValue.values = all.map { Self.bool($0).message }
            case .stringArray(let all): $0.arrayValue.values = all.map { Self.string($0).message }
            case .stringConvertibleArray(let all): $0.arrayValue.values = all.map { Self.stringConvertible($0).message }
            default: break
            }
        }
    }
}

/// The bytes of an even number of digits, as ``TraceContext`` has them.
func bytes(ofHex text: String) -> Data {
    var data = Data(capacity: text.utf8.count / 2)
    var high: UInt8?
    for digit in text.utf8 {
        let value = hexadecimalValue(of: digit) ?? 0
        if let first = high {
            data.append(first << 4 | value)
            high = nil
        } else {
            high = value
        }
    }
    return data
}
