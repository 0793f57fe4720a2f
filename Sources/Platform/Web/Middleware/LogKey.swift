/// The keys under which this module logs.
enum LogKey {
    static let method = "http.request.method"
    static let route = "http.route"
    static let status = "http.response.status_code"
    static let duration = "duration_ms"
    static let check = "readiness.check"
}
