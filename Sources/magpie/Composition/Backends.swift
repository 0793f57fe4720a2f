import CoreMetrics
import EventContract
import EventLog
import Foundation
import KafkaDriver
import KeyValue
import Logging
import PostgresDriver
import RedisDriver
import SQL
import SQLiteDriver
import ServiceKit
import ServiceLifecycle
import Synchronization
import Web

/// Where services keep what they own: files of the data folder, or the servers that the settings name. Services cannot
/// tell which.
final class Backends: Sendable {
    /// Which schemas and topics are brought up to date when they are opened. The rest is left to `magpie migrate`;
    /// ``check()`` says whether it can be used.
    enum Upkeep: Sendable {
        /// One process alone, and `magpie migrate`.
        case all
        /// A command beside a running shop: the version of the servers' schemas is not for it to change.
        case files
        /// A service in a process of its own.
        case none
    }

    private enum Opened: Sendable {
        case sqlite(SQLiteDatabase)
        case postgres(PostgresDatabase)

        var database: any Database {
            switch self {
            case .sqlite(let database): database
            case .postgres(let database): database
            }
        }

        var poolState: PoolState {
            switch self {
            case .sqlite(let database): database.poolState
            case .postgres(let database): database.poolState
            }
        }
    }

    let settings: BackendSettings
    /// The name of the process, for metrics of what its services share.
    private let process: String
    private let folder: @Sendable () throws -> DataFolder
    private let upkeep: Upkeep
    /// Whether nothing works without Redis; else it is better with it.
    private let needsRedis: Bool
    private let logger: Logger
    private let opened = Mutex<[String: (store: Opened, service: String, migrations: [Migration])]>([:])
    private let embeddedLog: EmbeddedEventLog?
    private let kafka: KafkaEventLog?
    private let redis: RedisClient?
    private let cartStore = Mutex<EmbeddedKeyValueStore?>(nil)

    /// Opens the event log; databases follow as they are asked for.
    init(
        settings: BackendSettings, of process: String, upkeep: Upkeep, needsRedis: Bool = true, logger: Logger,
        folder: @escaping @Sendable () throws -> DataFolder
    ) async throws {
        self.settings = settings
        self.process = process
        self.upkeep = upkeep
        self.needsRedis = needsRedis
        self.logger = logger
        self.folder = folder
        redis = settings.redis.map { RedisClient($0, service: process, logger: logger) }
        guard let brokers = settings.kafka else {
            kafka = nil
            guard upkeep != .none else {
                embeddedLog = nil
                return
            }
            let database = try await folder().database("events", migrations: EmbeddedEventLog.migrations, readers: 4)
            embeddedLog = EmbeddedEventLog(
                database: MeasuredDatabase(database, name: "events", service: process))
            opened.withLock { $0["events"] = (.sqlite(database), process, EmbeddedEventLog.migrations) }
            return
        }
        let log = try KafkaEventLog(brokers, logger: logger)
        (embeddedLog, kafka) = (nil, log)
        if upkeep == .all { try await log.createTopics(TopicDeclaration.all) }
    }

    /// Throws when the process was given none.
    var eventLog: any EventLog {
        get throws {
            if let kafka { return kafka }
            if let embeddedLog { return embeddedLog }
            throw Fault("there is no event log: set MAGPIE_KAFKA_BROKERS")
        }
    }

    /// The database of one service, whose file or schema is named so. Its transactions are measured.
    func database(
        _ name: String, of service: ServiceDeclaration, _ migrations: [Migration], readers: Int = 2
    ) async throws -> any Database {
        let store: Opened
        if var attached = settings.database {
            attached.schema = Self.namespace(name)
            let database = PostgresDatabase(attached, service: service.name)
            if upkeep == .all {
                try await database.createSchema()
                try await database.migrate(migrations)
            }
            store = .postgres(database)
        } else {
            store = .sqlite(try await folder().database(name, migrations: migrations, readers: readers))
        }
        opened.withLock { $0[name] = (store, service.name, migrations) }
        return MeasuredDatabase(store.database, name: Self.namespace(name), service: service.name)
    }

    /// The store of carts.
    func keyValueStore() async throws -> any KeyValueStore {
        if let redis { return RedisKeyValueStore(redis) }
        let store = EmbeddedKeyValueStore(
            database: try await database("cart", of: CartModule.declaration, EmbeddedKeyValueStore.migrations))
        cartStore.withLock { $0 = store }
        return store
    }

    /// What the replicas of a service share; nil for one process alone.
    var sharedStore: (any KeyValueStore)? { redis.map { RedisKeyValueStore($0, prefix: "shared:") } }

    /// Counts requests for all processes together, where there is a Redis.
    var sharedAllowances: RateLimiter.Shared? {
        guard let redis else { return nil }
        let limiter = RedisRateLimiter(redis)
        // Several processes have a service key; one alone needs no lasting key.
        let digestKey = settings.derivedSecret("client-networks") ?? randomBytes(32)
        return RateLimiter.Shared(digestKey: digestKey) { key, allowance, count in
            try await limiter.admit(
                key: key, perSecond: allowance.perSecond, burst: allowance.burst, count: count)
        }
    }

    /// SQLite files that are open, by name.
    var files: [String: SQLiteDatabase] {
        opened.withLock { opened in
            opened.compactMapValues { if case .sqlite(let database) = $0.store { database } else { nil } }
        }
    }

    // MARK: Readiness

    /// Whether every backend that is needed answers and has what this program needs. Throws what is wrong.
    func check() async throws {
        try await checkSchemas()
        do { try await kafka?.checkTopics(TopicDeclaration.all) } catch let error as ServiceError
            where error.kind == .unavailable
        {
            throw Fault(
                "MAGPIE_KAFKA_BROKERS, MAGPIE_KAFKA_SECURITY, MAGPIE_KAFKA_USER, MAGPIE_KAFKA_PASSWORD: no Kafka answers "
                    + "at \(settings.kafka?.brokers ?? "")")
        }
        guard needsRedis else { return }
        do { try await redis?.ping() } catch let error as ServiceError where error.kind == .unavailable {
            throw Fault("MAGPIE_REDIS_URL: no Redis answers at \(settings.redis.map { "\($0)" } ?? "")")
        }
    }

    /// Whether every database that is open has the schema that this program needs. Throws what is wrong.
    func checkSchemas() async throws {
        for (_, (store, _, migrations)) in opened.withLock({ $0 }) {
            do {
                try await store.database.requireSchema(of: migrations)
            } catch SQLError.unavailable(let reason) {
                throw Fault("MAGPIE_DATABASE_URL, MAGPIE_DATABASE_PASSWORD: \(reason)")
            }
        }
    }

    var readinessChecks: [ReadinessCheck] {
        var checks = opened.withLock { $0 }.map { name, opened in
            ReadinessCheck(name: name) {
                _ = try await opened.store.database.read { tx in try tx.query("SELECT 1 AS alive") }
                if case .postgres(let database) = opened.store { try Self.checkWrites(of: database) }
            }
        }
        if needsRedis, let redis { checks.append(ReadinessCheck(name: "redis") { try await redis.ping() }) }
        return checks
    }

    private static func checkWrites(of database: PostgresDatabase) throws {
        do {
            try database.checkWrites()
        } catch {
            throw ServiceError(ErrorCode.databaseNotWritable, "MAGPIE_DATABASE_URL: \(error)")
        }
    }

    // MARK: Metrics

    /// The name of a schema; of a file in metrics.
    private static func namespace(_ name: String) -> String { name.replacing("-", with: "_") }

    /// Measures the pools of connections; to be called at each scrape.
    func measurePools() {
        for (name, (store, service, _)) in opened.withLock({ $0 }) {
            let (state, name) = (store.poolState, Self.namespace(name))
            DatabaseMetrics.waiting.gauge(service: service, [name]).set(Int64(state.waiting))
            if let most = state.most {
                DatabaseMetrics.mostConnections.gauge(service: service, [name]).set(Int64(most))
            }
            for (label, count) in [("idle", state.idle), ("used", state.used)] {
                guard let count else { continue }
                DatabaseMetrics.connections.gauge(service: service, [name, label]).set(Int64(count))
            }
        }
    }

    // MARK: Background

    /// What the backends themselves need done periodically.
    func backgroundServices() -> [any ServiceLifecycle.Service] {
        var services: [any ServiceLifecycle.Service] = []
        func periodic(_ seconds: Int, _ what: String, _ body: @escaping @Sendable () async throws -> Void) {
            services.append(Periodic(every: .seconds(seconds), what, logger: logger, body: body))
        }
        if let store = cartStore.withLock({ $0 }) { periodic(600, "expired carts", store.removeExpired) }
        if let embeddedLog {
            periodic(3_600, "old events") { try await embeddedLog.removeExpired(TopicDeclaration.events) }
        }
        let attached = opened.withLock { opened in
            opened.values.compactMap { if case .postgres(let database) = $0.store { database } else { nil } }
        }
        if !attached.isEmpty {
            periodic(60, "idle connections") { for database in attached { database.closeIdleConnections() } }
        }
        return services
    }

    /// Closes everything; SQLite's write-ahead logs are folded in. Throws the first failure, after trying them all.
    func close() async throws {
        await kafka?.close()
        redis?.close()
        var failure: (any Error)?
        for store in opened.withLock({ $0.values.map(\.store) }) {
            do {
                switch store {
                case .sqlite(let database): try await database.close()
                case .postgres(let database): database.close()
                }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }
}
