import NIOCore
import NIOPosix

extension Settings {
    /// Finds out, before anything is begun, whether this process can listen where it is told to.
    func checkPorts(listensPublicly: Bool = true) async throws {
        if listensPublicly { try await check(host, port, "--port or MAGPIE_PORT", hostSetting: "MAGPIE_HOST") }
        try await check(operationsHost, operationsPort, "MAGPIE_OPS_PORT", hostSetting: "MAGPIE_OPS_HOST")
    }

    private func check(_ host: String, _ port: Int, _ setting: String, hostSetting: String) async throws {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port).get()
            try await channel.close()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Fault("port \(port) is in use by another program: choose another with \(setting)")
        } catch let error as IOError where error.errnoCode == EACCES {
            throw Fault("this user may not open port \(port): choose another with \(setting)")
        } catch {
            throw Fault("this machine cannot listen on \(host): choose another address with \(hostSetting)")
        }
    }
}
