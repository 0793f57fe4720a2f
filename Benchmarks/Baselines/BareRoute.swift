import ArgumentParser
import Foundation
import Hummingbird
import NIOCore

/// One route without middleware that responds with constant bytes.
struct BareRoute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves a file's bytes as JSON from memory at /.")

    @Option(help: "The port to listen on.") var port: Int
    @Argument(help: "The file.") var file: String

    func run() async throws {
        let body = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: file)))
        let router = Router()
        router.get("/") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: ResponseBody(byteBuffer: body))
        }
        try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
            .runService()
    }
}
