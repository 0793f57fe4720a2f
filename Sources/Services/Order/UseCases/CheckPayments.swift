import Commerce
import OrderContract
import SQL
import ServiceKit

/// Compares the payments that providers have recorded with orders: money that is reserved or kept needs an order that has
/// not given it back.
///
/// One process at a time asks a provider; what it found is stored, and every process shows it.
struct CheckPayments: Sendable {
    let context: OrderContext

    /// The age of a payment, or of a cancellation or refund, from which on it must agree. Checkouts and the reconciler need
    /// much less.
    static let grace = Duration.seconds(900)
    /// How far back the first comparison goes. The command looks at everything.
    private static let firstReach = Duration.seconds(30 * 86_400)
    private static let lease = Duration.seconds(50)
    /// How many payments one call lists, and how many calls there are each time.
    private static let (page, pages) = (500, 4)
    /// How many payments are asked for one by one each time, of orders that gave money back and of those unmatched before.
    private static let mostAsked = 50

    func run(_ extent: CorrectnessCheck.Extent) async throws -> CorrectnessCheck.Finding {
        var failure: (any Error)?
        var isNew = context.providers.isEmpty
        for name in context.providers.keys.sorted() {
            do {
                if try await compare(try context.provider(name), extent) { isNew = true }
            } catch { failure = error }
        }
        if let failure { throw failure }
        let (count, keys) = try await context.database.read { tx in
            try PaymentCheckStore.unmatched(limit: CorrectnessCheck.shownIDs, in: tx)
        }
        return CorrectnessCheck.Finding(violations: count, ids: keys, isNew: isNew)
    }

    /// - Returns: False while another process compares.
    private func compare(
        _ provider: any PaymentProvider, _ extent: CorrectnessCheck.Extent
    ) async throws -> Bool {
        switch extent {
        case .everything:
            _ = try await list(provider, after: .init(createdAt: Instant(milliseconds: 0), key: ""), pages: .max) { _ in
            }
            try await recheck(provider, limit: .max)
        case .recent:
            guard let progress = try await claim(provider) else { return false }
            do {
                try await compareRecent(provider, progress)
            } catch {
                try await context.database.write { [name = provider.name] tx in
                    try PaymentCheckStore.release(name, in: tx)
                }
                throw error
            }
        }
        return true
    }

    private func claim(_ provider: any PaymentProvider) async throws -> PaymentCheckStore.Progress? {
        let now = context.clock.now()
        return try await context.database.write { [name = provider.name] tx in
            try PaymentCheckStore.claim(
                name, startingAt: now.advanced(by: .zero - Self.firstReach), for: Self.lease, at: now, in: tx)
        }
    }

    private func compareRecent(_ provider: any PaymentProvider, _ start: PaymentCheckStore.Progress) async throws {
        let limit = context.clock.now().advanced(by: .zero - Self.grace)
        var progress = start
        progress.listed = try await list(provider, after: start.listed, pages: Self.pages) { listed in
            try await save(.init(listed: listed, returned: start.returned), of: provider)
        }
        let returned = try await context.database.read { [name = provider.name] tx in
            try PaymentCheckStore.returned(
                of: name, after: start.returned, until: limit, limit: Self.mostAsked, in: tx)
        }
        var unmatched: [String] = []
        for position in returned where try await isUnmatched(position.key, at: provider, before: limit) {
            unmatched.append(position.key)
        }
        progress.returned = returned.last ?? start.returned
        try await store(unmatched, of: provider)
        if progress.returned != start.returned { try await save(progress, of: provider) }
        try await recheck(provider, limit: Self.mostAsked)
    }

    /// Goes through the provider's list and stores what is unmatched, page by page.
    /// - Returns: The last payment that was compared.
    private func list(
        _ provider: any PaymentProvider, after start: ProviderPayment.Position, pages: Int,
        _ finished: (ProviderPayment.Position) async throws -> Void
    ) async throws -> ProviderPayment.Position {
        let limit = context.clock.now().advanced(by: .zero - Self.grace)
        var position = start
        for _ in 0..<pages {
            let payments = try await context.pay(at: provider) { [position] in
                try await provider.payments(after: position, until: limit, limit: Self.page)
            }
            guard let last = payments.last else { break }
            let holding = payments.filter(\.payment.holdsMoney)
            let orders = try await context.database.read { tx in
                try PaymentCheckStore.orders(holding.map(\.key), in: tx)
            }
            let unmatched = holding.filter {
                PaymentMatch(payment: $0.payment, order: orders[$0.key]).isUnaccounted(before: limit)
            }
            try await store(unmatched.map(\.key), of: provider)
            position = last.position
            try await finished(position)
            if payments.count < Self.page { break }
        }
        return position
    }

    /// Looks again at payments that were unmatched before.
    private func recheck(_ provider: any PaymentProvider, limit: Int) async throws {
        let now = context.clock.now()
        let keys = try await context.database.read { [name = provider.name] tx in
            try PaymentCheckStore.unmatched(of: name, checkedBefore: now, limit: limit, in: tx)
        }
        for key in keys {
            let stays = try await isUnmatched(key, at: provider, before: now.advanced(by: .zero - Self.grace))
            try await context.database.write { [name = provider.name] tx in
                try PaymentCheckStore.settle(key, of: name, stays: stays, at: now, in: tx)
            }
        }
    }

    private func isUnmatched(
        _ key: String, at provider: any PaymentProvider, before limit: Instant
    ) async throws -> Bool {
        guard let payment = try await context.pay(at: provider, { try await provider.status(of: key) }) else {
            return false
        }
        let orders = try await context.database.read { tx in try PaymentCheckStore.orders([key], in: tx) }
        return PaymentMatch(payment: payment, order: orders[key]).isUnaccounted(before: limit)
    }

    private func store(_ keys: [String], of provider: any PaymentProvider) async throws {
        guard !keys.isEmpty else { return }
        let now = context.clock.now()
        try await context.database.write { [name = provider.name] tx in
            try PaymentCheckStore.insert(keys, of: name, at: now, in: tx)
        }
    }

    private func save(_ progress: PaymentCheckStore.Progress, of provider: any PaymentProvider) async throws {
        try await context.database.write { [name = provider.name] tx in
            try PaymentCheckStore.save(progress, of: name, in: tx)
        }
    }
}
