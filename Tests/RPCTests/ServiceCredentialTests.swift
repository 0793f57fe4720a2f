import ContractTestSupport
import ServiceKit
import Synchronization
import TestSupport
import Testing

@testable import RPC

@Suite struct ServiceCredentialTests {
    /// Seconds since 1970, as the test wants them.
    private final class Seconds: Sendable {
        private let value = Mutex(1_800_000_000)
        var now: Int { value.withLock { $0 } }
        func advance(by seconds: Int) { value.withLock { $0 += seconds } }
    }
    private let seconds = Seconds()

    private func credential(_ name: String = "order-service", secret: String = testSecret) -> ServiceCredential {
        ServiceCredential(name: name, secret: secret) { [seconds] in seconds.now }
    }

    @Test func namesTheServiceToWhoeverHasTheKey() throws {
        #expect(try credential("cart-service").verify(credential("order-service").proof) == "order-service")
    }

    @Test func isMadeAnewBeforeItExpires() throws {
        let credential = credential()
        let first = credential.proof
        seconds.advance(by: ServiceCredential.lifetime / 2 - 1)
        #expect(credential.proof == first)
        seconds.advance(by: 1)
        let second = credential.proof
        #expect(second != first)
        #expect(try credential.verify(first) == "order-service")
        #expect(try credential.verify(second) == "order-service")
    }

    /// One lifetime, and one more for clocks that differ.
    @Test func expires() throws {
        let credential = credential()
        let proof = credential.proof
        seconds.advance(by: 2 * ServiceCredential.lifetime - 1)
        #expect(try credential.verify(proof) == "order-service")
        seconds.advance(by: 1)
        expectRefusal(of: proof, by: credential)
    }

    /// A clock that is far ahead makes no proof that outlives the others.
    @Test func isRefusedFromTheFuture() throws {
        let credential = credential()
        for (ahead, isTaken) in [(ServiceCredential.lifetime - 1, true), (ServiceCredential.lifetime, false)] {
            let proof = ServiceCredential(name: "order-service", secret: testSecret) { [now = seconds.now] in
                now + ahead
            }.proof
            if isTaken {
                #expect(try credential.verify(proof) == "order-service")
            } else {
                expectRefusal(of: proof, by: credential)
            }
        }
    }

    @Test func nothingOfItCanBeChanged() {
        let credential = credential()
        let proof = credential.proof
        for place in proof.indices {
            var forged = proof
            let replacement: Character = proof[place] == "1" ? "2" : "1"
            forged.replaceSubrange(place...place, with: [replacement])
            // The last digit of base64 has bits that say nothing.
            if proof.distance(from: place, to: proof.endIndex) > 2 { expectRefusal(of: forged, by: credential) }
        }
        let parts = proof.split(separator: ";")
        for forged in [
            nil, "", ";", ";;", proof + ";", ";" + proof, "\(parts[0]);+\(parts[1]);\(parts[2])",
            "\(parts[0]);0\(parts[1]);\(parts[2])", "\(parts[0]);\(parts[1]);", "\(parts[0]);\(parts[1])",
            "order-service;99999999999;\(parts[2])", "order-service;x;\(parts[2])",
        ] as [String?] {
            expectRefusal(of: forged, by: credential)
        }
    }

    @Test func anotherKeyIsRefused() {
        expectRefusal(of: credential(secret: testSecret + ".").proof, by: credential())
    }

    @Test func derivedSecretsAreTheSameInAllReplicasAndForNothingElse() {
        let one = credential("storefront").derived(for: "storefront")
        #expect(one.count == 32)
        #expect(credential("another name").derived(for: "storefront") == one)
        #expect(credential().derived(for: "login-digest") != one)
        #expect(credential(secret: testSecret + ".").derived(for: "storefront") != one)
    }

    private func expectRefusal(
        of proof: String?, by credential: ServiceCredential, at location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: ServiceCredential.refusal, "\(proof ?? "nil")", sourceLocation: location) {
            try credential.verify(proof)
        }
    }
}
