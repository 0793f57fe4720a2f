import ContractTestSupport
import GRPCCore
import Logging
import OfferContract
import OfferWire
import ProductContract
import RPC
import ServiceKit
import Synchronization
import TestSupport
import Testing

@Suite struct GRPCErrorTests {
    static let errors: [ServiceError] = [
        ServiceError(.unreadable, code: "a", "A"), .unauthenticated, ServiceError(.paymentRequired, code: "c", "C"),
        .forbidden, .productNotFound, ServiceError(.conflict, code: "e", "Ünlaut"),
        ServiceError(.tooLarge, code: "f", "F"),
        .invalid([
            .init(field: "lines[2].quantity", code: "too_many", detail: "only 3 left"),
            .init(field: "ü", code: "", detail: "Zürich"),
        ]),
        .rateLimited(retryAfter: .milliseconds(1_500)), .unavailable("The store"),
        ServiceError(.internal, code: "internal_error", "G"),
    ]
    static let statuses: [RPCError.Code] = [
        .invalidArgument, .unauthenticated, .failedPrecondition, .permissionDenied, .notFound, .failedPrecondition,
        .invalidArgument, .invalidArgument, .resourceExhausted, .unavailable, .internalError,
    ]

    @Test(arguments: zip(errors, statuses))
    func isTheSameForTheCaller(_ error: ServiceError, _ status: RPCError.Code) async throws {
        let double = OffersDouble(recorder: CallRecorder { _ in throw error })
        try await withWire([GRPCOffersServer(double)]) { wire in
            let caught = await refusal {
                try await wire.calling { try await GRPCOffersClient(wire.peer()).price(Samples.sparsePricing) }
            }
            #expect(caught == error)
            let code = try await wire.calling {
                try await wire.peer().call("GetRules", repeatable: false) { metadata, options in
                    let stub = Magpie_Offer_V1_Offers.Client(wrapping: wire.connection.client)
                    return try await stub.getRules(
                        request: ClientRequest(message: .init(), metadata: metadata), options: options
                    ) { response -> RPCError.Code? in
                        do { _ = try response.message } catch { return (error as? RPCError)?.code }
                        return nil
                    }
                }
            }
            #expect(code == status)
        }
    }

    @Test func aHugeListOfFaultsIsCutRatherThanLost() async throws {
        let fields = (0..<2_000).map { ServiceError.Field(field: "lines[\($0)]", code: "wrong", detail: "is wrong") }
        let double = OffersDouble(recorder: CallRecorder { _ in throw ServiceError.invalid(fields) })
        try await withWire([GRPCOffersServer(double)]) { wire in
            let caught = await refusal { try await wire.calling { try await GRPCOffersClient(wire.peer()).rules() } }
            #expect(caught?.code == "invalid_request")
            let count = caught?.fields.count ?? 0
            #expect(count > 50 && caught?.fields == Array(fields.prefix(count)))
        }
    }

    @Test func anUnexpectedErrorIsLoggedAndNotReported() async throws {
        struct Secret: Error { let text = "password" }
        let log = LoggedEvents()
        let double = OffersDouble(recorder: CallRecorder { _ in throw Secret() })
        try await withWire([GRPCOffersServer(double)], logger: log.logger) { wire in
            let caught = await refusal { try await wire.calling { try await GRPCOffersClient(wire.peer()).rules() } }
            #expect(caught?.kind == .internal)
            #expect(caught.map { "\($0)".contains("password") } == false)
        }
        #expect(log.lines.contains { $0.contains("error") && $0.contains("GetRules") && $0.contains("password") })
    }
}
