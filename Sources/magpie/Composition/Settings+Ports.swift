import Foundation
import NIOCore

extension Settings {
    /// Finds out, before anything is begun, whether this process can listen where its settings say.
    func checkPorts(listensPublicly: Bool = true) throws {
        if listensPublicly { try check(host, port, "--port or MAGPIE_PORT", hostSetting: "MAGPIE_HOST") }
        try check(operationsHost, operationsPort, "MAGPIE_OPS_PORT", hostSetting: "MAGPIE_OPS_HOST")
    }

    private func check(_ host: String, _ port: Int, _ setting: String, hostSetting: String) throws {
        switch Self.bindError(host, port) {
        case 0: return
        case EADDRINUSE: throw Fault("port \(port) is in use by another program: choose another with \(setting)")
        case EACCES: throw Fault("this user may not open port \(port): choose another with \(setting)")
        default: throw Fault("this machine cannot listen on \(host): choose another address with \(hostSetting)")
        }
    }

    /// 0 when the port could be had. Nothing listens on it meanwhile: whoever connected would be cut off again.
    private static func bindError(_ host: String, _ port: Int) -> Int32 {
        guard let address = try? SocketAddress.makeAddressResolvingHost(host, port: port) else { return EADDRNOTAVAIL }
        let descriptor = socket(address.protocol.rawValue, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        return address.withSockAddr { bind(descriptor, $0, socklen_t($1)) } == 0 ? 0 : errno
    }
}
