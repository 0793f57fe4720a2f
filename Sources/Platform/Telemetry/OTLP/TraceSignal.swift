package import GRPCCore

/// Spans.
package enum TraceSignal: OTLPSignal {
    package typealias Request = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceRequest
    package typealias Response = Opentelemetry_Proto_Collector_Trace_V1_ExportTraceServiceResponse

    package static let path = "/v1/traces"
    package static let method = Opentelemetry_Proto_Collector_Trace_V1_TraceService.Method.Export.descriptor
    package static func rejected(_ response: Response) -> Int64 { response.partialSuccess.rejectedSpans }
}
