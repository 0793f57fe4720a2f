import AnalyticsWire
import Commerce
import ContractTestSupport
import HTTPTypes
import OrderWire
import ServiceKit
import TestSupport
import Testing
import Web

@testable import RPC

@Suite struct HTTPErrorTests {
    @Test(arguments: GRPCErrorTests.errors) func isTheSameForTheCaller(_ error: ServiceError) async throws {
        let double = OrdersDouble(recorder: CallRecorder { _ in throw error })
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let caught = await refusal {
                try await wire.calling { try await HTTPOrders(wire.connection()).fulfil(OrderID(), tracking: nil) }
            }
            #expect(caught == error)
            let raw = try await wire.post("/v1/orders/fulfil", #"{"order": "\#(OrderID())"}"#)
            #expect(raw.status == UInt(status(of: error.kind).code))
            #expect(raw.error == error)
            #expect(raw.contentType == "application/problem+json")
            #expect((raw.retryAfter != nil) == (error.retryAfter != nil))
        }
    }

    @Test func aHugeListOfFaultsArrivesWhole() async throws {
        let fields = (0..<2_000).map { ServiceError.Field(field: "lines[\($0)]", code: "wrong", detail: "is wrong") }
        let double = IngestDouble(recorder: CallRecorder { _ in throw ServiceError.invalid(fields) })
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let caught = await refusal {
                try await wire.calling { try await HTTPBehaviourIngest(wire.connection()).record([]) }
            }
            #expect(caught == .invalid(fields))
        }
    }

    @Test func anUnexpectedErrorIsLoggedAndNotReported() async throws {
        struct Secret: Error { let text = "password" }
        let log = LoggedEvents()
        let double = IngestDouble(recorder: CallRecorder { _ in throw Secret() })
        try await withHTTPWire(logger: log.logger) {
            $0.add(double)
        } _: { wire in
            let caught = await refusal {
                try await wire.calling { try await HTTPBehaviourIngest(wire.connection()).record([]) }
            }
            #expect(caught?.kind == .internal)
            #expect(caught.map { "\($0)".contains("password") } == false)
        }
        #expect(log.lines.contains { $0.hasPrefix("error") && $0.contains("/v1/behaviour/record") })
    }
}
