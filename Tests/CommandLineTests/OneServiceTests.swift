import ArgumentParser
import Configuration
import Foundation
import TestSupport
import Testing

@testable import magpie

@Suite struct OneServiceTests {
    /// Each service would make up an address of its own, and refuse the others' tokens.
    @Test func aServiceNeedsToKnowHowCustomersReachTheShop() async throws {
        let environment = ["MAGPIE_SERVICE_KEY": String(repeating: "k", count: 40)]
        let settings = try Settings(.parse([]), from: ConfigReader(environment: environment))
        let error = await #expect(throws: Fault.self) {
            _ = try await OneService(OfferModule.self, settings: settings)
        }
        #expect(error?.description.contains("MAGPIE_PUBLIC_URL") == true)
    }

    /// No server is asked: connections are made when they are used.
    @Test(arguments: ServiceList.names) func aServiceCallsWhatItDeclares(name: String) async throws {
        try await withTemporaryFolder { folder in
            let environment = [
                "MAGPIE_SERVICE_KEY": String(repeating: "k", count: 40), "MAGPIE_PUBLIC_URL": "http://localhost:8080",
                "MAGPIE_DATABASE_URL": "postgres://magpie@127.0.0.1:1/shop", "MAGPIE_REDIS_URL": "redis://127.0.0.1:1",
                "MAGPIE_KAFKA_BROKERS": "127.0.0.1:1", "MAGPIE_LOG_LEVEL": "critical", "MAGPIE_DATA": folder.path,
            ]
            let module = try #require(ServiceList.module(named: name))
            let settings = try Settings(.parse([]), from: ConfigReader(environment: environment))
            let service = try await OneService(module, settings: settings)
            _ = try await service.work()
            let calls = service.composition.calls[name, default: []].subtracting([name])
            #expect(calls == Set(module.declaration.calledNames))
            try await service.close()
        }
    }
}
