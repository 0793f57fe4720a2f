package import ServiceLifecycle

/// Carries OTLP to one receiver. Runs as long as exporters use it, so it stops after them.
package protocol OTLPTransport: Service {
    /// Sends once.
    ///
    /// - Parameter count: The number of items of the request.
    func send<Signal: OTLPSignal>(
        _ request: Signal.Request, as signal: Signal.Type, count: Int, timeout: Duration
    ) async -> ExportOutcome
}

extension OTLPTransport {
    /// What a response says about the items of its request.
    func accepted<Signal: OTLPSignal>(_ response: Signal.Response, as signal: Signal.Type, of count: Int)
        -> ExportOutcome
    {
        .accepted(rejected: min(count, max(0, Int(clamping: Signal.rejected(response)))))
    }
}
