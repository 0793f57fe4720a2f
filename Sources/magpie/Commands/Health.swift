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
        let port = try port ?? Settings(options).operationsPort
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/readyz")
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(3))
            let body = try await response.body.collect(upTo: 65_536)
            Console.say(String(buffer: body))
            if response.status != .ok { throw ExitCode.failure }
        } catch let error as ExitCode {
            throw error
        } catch {
            Console.complain("nothing answers on port \(port)")
            throw ExitCode.failure
        }
    }
}
