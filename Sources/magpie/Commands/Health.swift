import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

struct Health: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Succeeds when the process on this machine is ready: for health checks of containers.")
    @Option(help: "Its operations port (default: MAGPIE_OPS_PORT, 9464).") var port: Int?
    @OptionGroup var options: Settings.Options

    func run() async throws {
        let settings = try Settings(options)
        let (host, port) = (Self.reachable(settings.operationsHost), port ?? settings.operationsPort)
        let request = HTTPClientRequest(url: "http://\(host):\(port)/readyz")
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(3))
            let body = try await response.body.collect(upTo: 65_536)
            Console.say(String(buffer: body))
            if response.status != .ok { throw ExitCode.failure }
        } catch let error as ExitCode {
            throw error
        } catch {
            Console.complain("nothing answers at \(host):\(port)")
            throw ExitCode.failure
        }
    }

    /// Where to ask a server that listens on this address: one for every network listens on this machine's own too.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        default: host.contains(":") ? "[\(host)]" : host
        }
    }
}
