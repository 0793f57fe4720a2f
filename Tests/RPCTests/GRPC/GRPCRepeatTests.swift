import AuthContract
import AuthWire
import Commerce
import ContractTestSupport
import OfferContract
import ProductContract
import ProductWire
import ServiceKit
import Synchronization
import Testing

/// What is called again after no answer came, and what must not be.
@Suite struct GRPCRepeatTests {
    /// Answers nothing useful the first time a method is called.
    private func failingOnce() -> CallRecorder {
        let seen = Mutex<Set<String>>([])
        return CallRecorder { method in
            if seen.withLock({ $0.insert(method).inserted }) { throw ServiceError.unavailable("The store") }
        }
    }

    private static let key = IdempotencyKey(caller: "c", key: "k", requestHash: "h")

    private func calls<Value>(
        _ recorder: CallRecorder, _ wire: Wire, key: IdempotencyKey? = nil, _ body: () async throws -> Value
    ) async -> Int {
        let before = recorder.calls.count
        _ = try? await wire.calling(key: key, body)
        return recorder.calls.count - before
    }

    @Test func accounts() async throws {
        let double = AccountsDouble(recorder: failingOnce())
        let recorder = double.recorder
        try await withWire([GRPCAccountsServer(double)]) { wire in
            let accounts = GRPCAccountsClient(wire.peer())
            let new = Registration(email: "e", password: "p", name: "n")
            #expect(await calls(recorder, wire) { try await accounts.register(new) } == 1)
            #expect(await calls(recorder, wire) { try await accounts.logIn(email: "e", password: "p") } == 1)
            #expect(await calls(recorder, wire) { try await accounts.refresh("r") } == 1)
            let change = PasswordChange(current: "c", new: "n", refreshToken: nil)
            #expect(await calls(recorder, wire) { try await accounts.changePassword(change) } == 1)
        }
        let again = AccountsDouble(recorder: failingOnce())
        try await withWire([GRPCAccountsServer(again)]) { wire in
            let accounts = GRPCAccountsClient(wire.peer())
            let new = Registration(email: "e", password: "p", name: "n")
            #expect(await calls(again.recorder, wire, key: Self.key) { try await accounts.register(new) } == 2)
            #expect(await calls(again.recorder, wire) { try await accounts.logOut(refreshToken: "r") } == 2)
            #expect(await calls(again.recorder, wire) { try await accounts.customer(CustomerID()) } == 2)
            #expect(await calls(again.recorder, wire) { try await accounts.jsonWebKeySet() } == 2)
        }
    }

    @Test func products() async throws {
        let double = ProductsDouble(recorder: failingOnce())
        let recorder = double.recorder
        let adjustment = StockAdjustment(variant: VariantID(), change: .by(1), reason: "")
        try await withWire([GRPCProductsServer(double)]) { wire in
            let products = GRPCProductsClient(wire.peer())
            #expect(await calls(recorder, wire) { try await products.create(Samples.fullDraft) } == 1)
            #expect(await calls(recorder, wire) { try await products.adjustStock(adjustment) } == 1)
            #expect(await calls(recorder, wire) { try await products.update("m", Samples.fullChange) } == 1)
            #expect(await calls(recorder, wire) { try await products.save(Samples.fullDraft) } == 2)
            #expect(await calls(recorder, wire) { try await products.archive("m") } == 2)
            #expect(await calls(recorder, wire) { try await products.reserve(Samples.reservation) } == 2)
            #expect(await calls(recorder, wire) { try await products.restock(order: OrderID()) } == 2)
            #expect(await calls(recorder, wire) { try await products.product("m") } == 2)
        }
        let again = ProductsDouble(recorder: failingOnce())
        try await withWire([GRPCProductsServer(again)]) { wire in
            let products = GRPCProductsClient(wire.peer())
            let recorder = again.recorder
            #expect(await calls(recorder, wire, key: Self.key) { try await products.create(Samples.fullDraft) } == 2)
            #expect(await calls(recorder, wire, key: Self.key) { try await products.adjustStock(adjustment) } == 2)
        }
    }
}
