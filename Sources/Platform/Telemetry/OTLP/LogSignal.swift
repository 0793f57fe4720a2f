package import GRPCCore

/// Log records.
package enum LogSignal: OTLPSignal {
    package typealias Request = Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceRequest
    package typealias Response = Opentelemetry_Proto_Collector_Logs_V1_ExportLogsServiceResponse

    package static let path = "/v1/logs"
    package static let method = Opentelemetry_Proto_Collector_Logs_V1_LogsService.Method.Export.descriptor
    package static func rejected(_ response: Response) -> Int64 { response.partialSuccess.rejectedLogRecords }
}
