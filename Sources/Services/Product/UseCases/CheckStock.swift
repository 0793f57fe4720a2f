import Commerce
import SQL
import ServiceKit

/// Compares the stock of variants with reservations and ledger.
///
/// Each time it looks at variants that moved or are held, at those that it found wrong before, and at some others, until
/// it has gone through them all. It adds only what is new to what it knows of a ledger. Once a day, and for those that are
/// wrong, it adds the ledger up from its beginning.
///
/// Several checks share one: they are made one after the other, and a round that a check has not seen serves it too.
actor CheckStock {
    /// What a check counts: how many violations a variant has.
    typealias Violations = @Sendable (StockFacts) -> Int64

    /// How many variants it goes through each time, and the first time after a start.
    private static let (sweep, firstSweep) = (200, 2_000)
    /// How many movements, and variants that moved, are looked at each time. The rest is found when all are gone through.
    private static let (mostMovements, mostMoved) = (20_000, 2_000)
    /// How many that were wrong before are looked at each time, of a catalogue that is wrong altogether.
    private static let mostSuspects = 2_000
    /// How many variants' ledgers it remembers.
    private static let mostLedgers = 100_000

    private struct Round: Sendable {
        var facts: [StockFacts]
        var swept: String
        var lastMovement: Int64
    }

    private let database: any Database
    private let clock: WallClock
    private let violations: [String: Violations]
    /// The variants that a check finds wrong.
    private var wrong: [VariantID: StockFacts] = [:]
    /// The last round, and the checks that it has served.
    private var latest: (extent: CorrectnessCheck.Extent, served: Set<String>)?
    private var ledgers: [VariantID: StockFacts.Ledger] = [:]
    /// Nil until the first time.
    private var lastMovement: Int64?
    private var swept = ""
    /// Whether the ledgers of this pass through all variants are added up from their beginning.
    private var isRecounting = true
    private var nextRecount: Instant?

    /// - Parameter violations: What each check counts, by the check's name.
    init(database: any Database, clock: WallClock, violations: [String: Violations]) {
        self.database = database
        self.clock = clock
        self.violations = violations
    }

    /// Makes one of the checks.
    func run(_ check: String, _ extent: CorrectnessCheck.Extent) async throws -> CorrectnessCheck.Finding {
        if latest?.extent != extent || latest?.served.contains(check) ?? true {
            latest = nil
            switch extent {
            case .recent: try await compareRecent()
            case .everything: wrong = try await compareAll()
            }
            latest = (extent, [])
        }
        latest?.served.insert(check)
        let found = wrong.mapValues { violations[check]?($0) ?? 0 }.filter { $0.value > 0 }
        return CorrectnessCheck.Finding(violations: found.values.reduce(0, +), ids: found.keys.map(\.rawValue))
    }

    private func isWrong(_ facts: StockFacts) -> Bool { violations.values.contains { $0(facts) > 0 } }

    private func compareRecent() async throws {
        let (known, last, after, suspects) = (ledgers, lastMovement, swept, Set(wrong.keys.prefix(Self.mostSuspects)))
        let limit = last == nil ? Self.firstSweep : Self.sweep
        if after.isEmpty {
            let now = clock.now()
            isRecounting = nextRecount.map { $0 <= now } ?? true
            if isRecounting { nextRecount = now.advanced(by: .seconds(86_400)) }
        }
        let recounts = isRecounting
        let round = try await database.read { tx in
            let held = try StockFacts.held(in: tx)
            let page = try StockFacts.variants(after: after, limit: limit, in: tx)
            let anew = recounts ? suspects.union(page) : suspects
            let moved = try last.map { try StockFacts.moved(after: $0, limit: Self.mostMovements, in: tx) }
            let others = (moved?.variants ?? []).union(held.keys).subtracting(anew).prefix(Self.mostMoved)
            let changed = Set(others).union(page).subtracting(anew)
            let facts =
                try anew.compactMap { try StockFacts.of($0, held: held, in: tx) }
                + changed.compactMap { try StockFacts.of($0, held: held, continuing: known[$0] ?? .empty, in: tx) }
            return Round(
                facts: facts, swept: page.count < limit ? "" : page.last?.rawValue ?? "",
                lastMovement: try moved?.last ?? StockFacts.lastMovement(in: tx))
        }
        if ledgers.count > Self.mostLedgers { ledgers = [:] }
        for suspect in suspects { wrong[suspect] = nil }  // It is among the facts, unless it is gone.
        for facts in round.facts {
            let isWrong = isWrong(facts)
            wrong[facts.variant] = isWrong ? facts : nil
            ledgers[facts.variant] = isWrong ? nil : facts.ledger
        }
        (swept, lastMovement) = (round.swept, round.lastMovement)
    }

    private func compareAll() async throws -> [VariantID: StockFacts] {
        var wrong: [VariantID: StockFacts] = [:]
        var after = ""
        while true {
            let (limit, start) = (Self.sweep, after)
            let (page, facts) = try await database.read { tx in
                let held = try StockFacts.held(in: tx)
                let page = try StockFacts.variants(after: start, limit: limit, in: tx)
                return (page, try page.compactMap { try StockFacts.of($0, held: held, in: tx) })
            }
            for facts in facts where isWrong(facts) { wrong[facts.variant] = facts }
            guard let last = page.last, page.count == limit else { return wrong }
            after = last.rawValue
        }
    }
}
