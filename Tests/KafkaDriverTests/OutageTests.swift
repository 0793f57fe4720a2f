import EventLog
import Foundation
import KafkaDriver
import ServiceKit
import TestSupport
import Testing

/// The test stops and restarts a broker of its own, as an operator would.
@Suite(.enabled(if: TestBroker.program != nil, "run it by scripts/with-kafka"), .timeLimit(.minutes(1)))
struct OutageTests {
    @Test func publishingFailsInTimeWithoutTheBrokerAndWorksWhenItIsBack() async throws {
        try await withTemporaryFolder { folder in
            let broker = TestBroker(folder: folder)
            try await broker.start()
            let server = TestServer(host: "127.0.0.1", port: broker.port)
            var settings = try server.kafkaSettings()
            settings.deliveryTimeout = .seconds(2)
            try await server.withKafkaLog(settings) { log, _ in
                try await log.publish([try SampleEvents.cancelled("1"), try SampleEvents.cancelled("2")])
                let batch = try await log.poll(atLeast: 2)
                #expect(try await log.commit(batch[0], group: "g"))
                #expect(try await log.poll(atLeast: 1).map(\.event.order) == ["2"])

                await broker.stop()
                let began = ContinuousClock.now
                let again = [try SampleEvents.cancelled("3"), try SampleEvents.cancelled("4")]
                await Self.expectUnavailable { try await log.publish(again) }
                #expect(ContinuousClock.now - began < .seconds(6))
                await Self.expectUnavailable { try await log.check() }

                try await broker.start()
                // As the relay does it.
                while (try? await log.publish(again)) == nil { try Task.checkCancellation() }
                var orders: [String] = []
                while Set(orders).count < 3 { orders += try await log.handle { !$0.isEmpty } }
                #expect(orders.filter { $0 != "1" }.prefix(1) == ["2"])
                #expect(orders.firstIndex(of: "3").map { orders.firstIndex(of: "4") ?? -1 > $0 } == true)
                try await log.check()

                await broker.stop()
                let left = ContinuousClock.now
                await log.close()
                #expect(ContinuousClock.now - left < .seconds(20))
            }
        }
    }

    private static func expectUnavailable(_ body: () async throws -> Void) async {
        let error = await #expect(throws: ServiceError.self) { try await body() }
        #expect(error?.kind == .unavailable)
    }
}
