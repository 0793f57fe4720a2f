import Logging
import Synchronization
import Testing

@testable import ServiceKit

@Suite(.timeLimit(.minutes(1))) struct PeriodicTests {
    @Test func workGoesOnAfterAFailureAndEndsWithItsTask() async {
        let rounds = Mutex(0)
        let (finished, continuation) = AsyncStream.makeStream(of: Int.self)
        let work = Periodic(every: .zero, "test", logger: Logger(label: "test")) {
            let round = rounds.withLock { count in
                count += 1
                return count
            }
            if round == 2 { throw CancellationError() }  // Of another task: this one continues.
            continuation.yield(round)
        }
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await work.repeatUntilCancelled() }
            var seen: [Int] = []
            for await round in finished {
                seen.append(round)
                if round >= 4 { break }
            }
            #expect(seen == [1, 3, 4])
            tasks.cancelAll()
        }
    }

    @Test func pausesAfterFailuresGrow() {
        #expect(
            [1, 2, 3, 4, 5, 6, 7, 1_000].map(Periodic.pause)
                == [1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
    }
}
