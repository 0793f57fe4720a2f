import Commerce
import ContractTestSupport
import Hummingbird
import NIOCore
import OrderContract
import OrderWire
import RPC
import ServiceKit
import TestSupport
import Testing
import Web

@Suite struct HTTPDeadlineTests {
    @Test(.timeLimit(.minutes(1))) func theCallerHearsInTimeAndTheWorkStops() async throws {
        let (started, cancelled) = (Event(), Event())
        let double = OrdersDouble(
            recorder: CallRecorder { _ in
                started.happen()
                do { try await Task.sleep(for: .seconds(60)) } catch {
                    cancelled.happen()
                    throw error
                }
            })
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let orders = HTTPOrders(wire.connection())
            let begin = ContinuousClock.now
            let caught = await refusal {
                try await wire.calling(for: .seconds(3)) { try await orders.order(OrderID(), guestToken: nil) }
            }
            #expect(caught == .deadlineExceeded)
            #expect(begin.duration(to: .now) < .seconds(30))
            await started.wait()
            await cancelled.wait()
        }
        #expect(double.recorder.calls.count == 1)
    }

    @Test(.timeLimit(.minutes(1))) func aResponseThatNeverEndsIsAbandoned() async throws {
        let allowed = Event()
        var router = APIRouter()
        router.post("/v1/orders/order") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "{"))
                    await allowed.wait()
                    try await writer.finish(nil)
                })
        }
        router.finish()
        let issuer = try await Issuer()
        try await listening(router) { address in
            try await withHTTPClient { client in
                let wire = HTTPWire(issuer: issuer, address: address, client: client)
                let caught = await refusal {
                    try await wire.calling(for: .seconds(1)) {
                        try await HTTPOrders(wire.connection()).order(OrderID(), guestToken: nil)
                    }
                }
                #expect(caught == .deadlineExceeded)
                allowed.happen()
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aCallerThatGivesUpHearsAtOnce() async throws {
        let started = Event()
        let double = OrdersDouble(
            recorder: CallRecorder { _ in
                started.happen()
                try await Task.sleep(for: .seconds(60))
            })
        try await withHTTPWire {
            $0.add(double)
        } _: { wire in
            let context = try await wire.issuer.context(.anonymous, for: .seconds(3))
            let error = await withTaskGroup(of: (any Error)?.self) { group in
                group.addTask {
                    do {
                        _ = try await context.run {
                            try await HTTPOrders(wire.connection()).order(OrderID(), guestToken: nil)
                        }
                        return nil
                    } catch { return error }
                }
                await started.wait()
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(error is CancellationError)
        }
    }
}
