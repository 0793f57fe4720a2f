import AnalyticsWire
import CartWire
import Commerce
import ContractTestSupport
import OrderWire
import ServiceKit
import Synchronization
import TestSupport
import Testing

@testable import RPC

@Suite struct HTTPAddressTests {
    @Test(.timeLimit(.minutes(1))) func aServerThatIsNotThereIsUnavailableSoon() async throws {
        try await withHTTPClient { client in
            let connection = HTTPConnection(
                RemotePeer("peer", credential: testCredential, logger: quiet), at: [deadAddress], client: client)
            let begin = ContinuousClock.now
            let caught = await refusal {
                try await CallContext(deadline: .now.advanced(by: .seconds(40))).run {
                    try await HTTPOrders(connection).order(OrderID(), guestToken: nil)
                }
            }
            #expect(caught == .unavailable("peer"))
            #expect(begin.duration(to: .now) < .seconds(20))
        }
    }

    /// Also where nothing may be repeated, and for longer than a budget of retries lasts.
    @Test(.timeLimit(.minutes(1))) func oneDeadAddressOfTwoDoesNotShow() async throws {
        let double = IngestDouble()
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let ingest = HTTPBehaviourIngest(wire.connection(at: [deadAddress, wire.address]))
            for _ in 0..<200 { try await wire.calling { try await ingest.record([]) } }
            await withTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask { #expect(await refusal { try await ingest.record([]) } == nil) }
                }
            }
        }
        #expect(double.recorder.calls.count == 220)
    }

    /// Calls that take long, as while payments are slow, keep nobody else waiting.
    @Test(.timeLimit(.minutes(1))) func manyCallsAreUnderWayAtOnce() async throws {
        let count = Mutex(0)
        let all = Event()
        let double = IngestDouble(
            recorder: CallRecorder { _ in
                let arrived = count.withLock { count in
                    count += 1
                    return count
                }
                if arrived == 100 { all.happen() }
                await all.wait()
            })
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let ingest = HTTPBehaviourIngest(wire.connection())
            await withTaskGroup { group in
                for _ in 0..<100 {
                    group.addTask { #expect(await refusal { try await ingest.record([]) } == nil) }
                }
            }
        }
    }

    @Test func theCallsGoRoundAllAddresses() async throws {
        let (one, two) = (IngestDouble(), IngestDouble())
        try await withHTTPWire {
            $0.add(one)
        } _: { first in
            try await withHTTPWire {
                $0.add(two)
            } _: { second in
                let ingest = HTTPBehaviourIngest(first.connection(at: [first.address, second.address]))
                for _ in 0..<10 { try await first.calling { try await ingest.record([]) } }
            }
        }
        #expect(one.recorder.calls.count == 5 && two.recorder.calls.count == 5)
    }

    /// One method's database is unavailable; the others go on.
    @Test func aPeerThatSaysUnavailableIsStillThere() async throws {
        let double = CartsDouble(
            recorder: CallRecorder { method in
                if method == "removeLine" { throw ServiceError.unavailable("The store") }
            })
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let carts = HTTPCarts(wire.connection())
            try await wire.calling {
                for _ in 0..<8 {
                    let caught = await refusal { try await carts.removeLine(LineID(), of: CartID()) }
                    #expect(caught == .unavailable("The store"))
                    let cart = try await carts.cart(CartID())
                    #expect(cart == double.cart)
                }
                for _ in 0..<8 { _ = await refusal { try await carts.removeLine(LineID(), of: CartID()) } }
                let cart = try await carts.cart(CartID())
                #expect(cart == double.cart)
            }
        }
        #expect(double.recorder.calls.count { $0.method == "removeLine" } == 16)
    }
}
