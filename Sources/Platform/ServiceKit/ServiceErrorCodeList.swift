package import Commerce

/// Codes of errors; each has one kind, and so one HTTP and one gRPC status.
package protocol ServiceErrorCodeList: ErrorCodeList {
    var kind: ServiceError.Kind { get }
}

extension ServiceError {
    package init(
        _ code: some ServiceErrorCodeList, _ message: String, fields: [Field] = [], retryAfter: Duration? = nil
    ) {
        self.init(code.kind, code: code.rawValue, message, fields: fields, retryAfter: retryAfter)
    }

    package static func invalid(_ field: String, code: some ErrorCodeList, _ detail: String) -> ServiceError {
        .invalid([Field(field: field, code: code, detail: detail)])
    }

    /// Whether this is the error's code.
    package func has(_ code: some ErrorCodeList) -> Bool { self.code == code.rawValue }
}

extension ServiceError.Field {
    package init(field: String, code: some ErrorCodeList, detail: String) {
        self.init(field: field, code: code.rawValue, detail: detail)
    }
}
