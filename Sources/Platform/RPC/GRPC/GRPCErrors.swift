import Commerce
import GRPCCore
import ServiceKit
import SwiftProtobuf

/// `ServiceError` over gRPC: a status code for any client, and the whole error in the trailing metadata for our clients.
enum GRPCErrors {
    static let key = "magpie-error-bin"

    /// Bytes of a serialised error. Clients take at least 8 KiB of metadata in all, and it grows by a third as base64:
    /// https://grpc.io/docs/guides/metadata/
    static let longest = 5_120

    static func rpcError(for error: ServiceError) -> RPCError {
        var metadata = Metadata()
        if let bytes = detail(of: error) { metadata.addBinary(bytes, forKey: key) }
        return RPCError(code: error.kind.code, message: String(error.description.prefix(200)), metadata: metadata)
    }

    /// The error that rides in this metadata; nil when there is none.
    static func serviceError(in metadata: Metadata) -> ServiceError? {
        guard let bytes = metadata[binaryValues: key].first(where: { _ in true }),
            let detail = try? Magpie_Commerce_V1_ErrorDetail(serializedBytes: bytes)
        else { return nil }
        return ServiceError(detail)
    }

    /// Leaves out the last fields of an error that has too many.
    private static func detail(of error: ServiceError) -> [UInt8]? {
        var detail = Magpie_Commerce_V1_ErrorDetail(error)
        var bytes: [UInt8]? = try? detail.serializedBytes()
        while let size = bytes?.count, size > longest, !detail.fields.isEmpty {
            detail.fields.removeLast(max(1, detail.fields.count * (size - longest) / size))
            bytes = try? detail.serializedBytes()
        }
        return bytes
    }
}

extension ServiceError.Kind {
    var code: RPCError.Code {
        switch self {
        case .unreadable, .invalid, .tooLarge: .invalidArgument
        case .unauthenticated: .unauthenticated
        case .paymentRequired, .conflict: .failedPrecondition
        case .forbidden: .permissionDenied
        case .notFound: .notFound
        case .tooManyRequests: .resourceExhausted
        case .unavailable: .unavailable
        case .internal: .internalError
        }
    }
}

extension ServiceError {
    /// nil when the kind is not known here.
    fileprivate init?(_ detail: Magpie_Commerce_V1_ErrorDetail) {
        guard let kind = Kind(rawValue: detail.kind) else { return nil }
        self.init(
            kind, code: detail.code, detail.message,
            fields: detail.fields.map { Field(field: $0.field, code: $0.code, detail: $0.detail) },
            retryAfter: detail.hasRetryAfterMs ? .milliseconds(detail.retryAfterMs) : nil)
    }
}

extension Magpie_Commerce_V1_ErrorDetail {
    fileprivate init(_ error: ServiceError) {
        kind = error.kind.rawValue
        code = error.code
        message = error.message
        fields = error.fields.map { field in
            .with {
                $0.field = field.field
                $0.code = field.code
                $0.detail = field.detail
            }
        }
        if let pause = error.retryAfter { retryAfterMs = pause.wholeMilliseconds }
    }
}
