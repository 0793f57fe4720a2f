import AuditContract
import Logging
import SQL
import ServiceKit

/// Verifies the chain all the time: new records each time, and the rest in steps that go through the whole chain in a day.
///
/// The records before the start of the process are taken as they are until the steps reach them.
actor CheckChain {
    /// How many new records one transaction reads, and in how many.
    private static let (batch, batches) = (1_000, 20)
    /// How many earlier records are verified each time.
    private static let (leastStep, longestStep) = (100, 20_000)
    /// How often it is made in a day.
    private static let roundsInADay: Int64 = 1_440

    private let database: any Database
    private let verifyChain: VerifyChain
    /// Follows the end of the chain; nil until the first time.
    private var end: ChainVerifier?
    /// Goes through the chain from its beginning, again and again.
    private var steps = ChainVerifier()

    init(database: any Database, verifyChain: VerifyChain) {
        self.database = database
        self.verifyChain = verifyChain
    }

    /// - Returns: One violation for a broken chain, since nothing that follows its first fault can be trusted; its ids
    ///   are the faults in words.
    func run(_ extent: CorrectnessCheck.Extent) async throws -> CorrectnessCheck.Finding {
        let faults: Set<String> =
            switch extent {
            case .recent: Set([try await follow(), try await step()].compactMap(\.self))
            case .everything: Set([try await verifyChain.run().fault].compactMap(\.self))
            }
        return CorrectnessCheck.Finding(violations: faults.isEmpty ? 0 : 1, ids: faults)
    }

    private func follow() async throws -> String? {
        for _ in 0..<Self.batches {
            let known = end
            let (read, isAtEnd) = try await database.read { tx -> (ChainVerifier?, Bool) in
                let head = try AuditStore.head(in: tx)
                guard var verifier = known ?? head.map({ ChainVerifier(after: $0.records, lastHash: $0.lastHash) })
                else { return (nil, true) }
                let records = try AuditStore.records(after: verifier.records, limit: Self.batch, in: tx)
                for record in records { verifier.check(record) }
                let isAtEnd = records.count < Self.batch
                if isAtEnd { verifier.finish(head) }
                return (verifier, isAtEnd)
            }
            guard let verifier = read else { return ChainVerifier.missingHead }
            end = verifier.resumed
            if isAtEnd || verifier.fault != nil { return verifier.fault }
        }
        return nil  // The rest is read the next time.
    }

    private func step() async throws -> String? {
        let known = steps
        let (verifier, isAtEnd) = try await database.read { tx -> (ChainVerifier, Bool) in
            let head = try AuditStore.head(in: tx)
            let share = Int((head?.records ?? 0) / Self.roundsInADay) + 1
            let limit = min(max(share, Self.leastStep), Self.longestStep)
            var verifier = known
            let records = try AuditStore.records(after: verifier.records, limit: limit, in: tx)
            for record in records { verifier.check(record) }
            let isAtEnd = records.count < limit
            if isAtEnd { verifier.finish(head) }
            return (verifier, isAtEnd)
        }
        steps = isAtEnd && verifier.fault == nil ? ChainVerifier() : verifier.resumed
        return verifier.fault
    }
}
