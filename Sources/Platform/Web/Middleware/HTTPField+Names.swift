import HTTPTypes

extension HTTPField.Name {
    static let requestID = named("x-request-id")
    static let traceparent = named("traceparent")
    static let tracestate = named("tracestate")
    static let traceResponse = named("traceresponse")
    static let forwardedFor = named("x-forwarded-for")
    static let referrerPolicy = named("referrer-policy")
    /// Seconds after which a browser asks for the page again.
    static let refresh = named("refresh")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("not a field name: \(text)") }
        return name
    }
}
