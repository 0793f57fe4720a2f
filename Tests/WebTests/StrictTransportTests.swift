import Hummingbird
import HummingbirdTesting
import Testing
import Web

@Suite struct StrictTransportTests {
    @Test func responsesRequireHTTPSFromThenOn() async throws {
        var router = APIRouter()
        router.add(middleware: StrictTransport())
        router.get("/") { _, _ in Response(status: .ok) }
        try await Application(router: router.router).test(.router) { client in
            let response = try await client.execute(uri: "/", method: .get)
            #expect(response.headers[.strictTransportSecurity] == "max-age=31536000")
        }
    }
}
