import Testing
import Web

@testable import magpie

/// What holds a service back until its backends can be used.
@Suite struct StartupGateTests {
    @Test func allWaitersContinueWhenItOpens() async {
        let gate = StartupGate()
        let before = await isReady(gate)
        #expect(!before)
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<10 { tasks.addTask { await gate.wait() } }
            gate.open()
            await tasks.waitForAll()
        }
        await gate.wait()
        let after = await isReady(gate)
        #expect(after)
    }

    @Test func aCancelledWaiterLeavesTheOthersWaiting() async {
        let gate = StartupGate()
        await withTaskGroup(of: Void.self) { others in
            others.addTask { await gate.wait() }
            await withTaskGroup(of: Void.self) { cancelled in
                cancelled.addTask { await gate.wait() }
                cancelled.cancelAll()
            }
            let ready = await isReady(gate)
            #expect(!ready)
            gate.open()
        }
    }

    private func isReady(_ gate: StartupGate) async -> Bool {
        do {
            try await gate.check.check()
            return true
        } catch {
            return false
        }
    }
}
