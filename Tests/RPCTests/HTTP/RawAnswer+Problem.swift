import ContractTestSupport
import ServiceKit
import Web

@testable import RPC

extension RawAnswer {
    /// The error that the server reports, as a client restores it.
    var error: ServiceError? { try? JSON.decode(WireProblem.self, from: body).error }
}
