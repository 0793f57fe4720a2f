/// What carries a call to a service: `rpc.system.name` of metrics and traces.
package enum CallTransport: String, Sendable {
    case inProcess = "in_process"
    case grpc, http
}
