// swift-tools-version: 6.2
import PackageDescription

/// A library target: its name, where it lies, what it depends on.
func module(_ name: String, _ path: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil)
    -> Target
{
    .target(name: name, dependencies: dependencies, path: "Sources/\(path)", resources: resources)
}

/// What an area promises: values, protocol and error codes, without what carries them between processes.
func contract(_ area: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: "\(area)Contract", dependencies: ["Commerce", "ServiceKit"] + dependencies,
        path: "Sources/Contracts/\(area)", exclude: ["Wire"])
}

/// What carries an area's contract between processes: client, server and mapping.
func wire(_ area: String, _ dependencies: [Target.Dependency] = []) -> Target {
    module(
        "\(area)Wire", "Contracts/\(area)/Wire",
        ["Commerce", "ServiceKit", "RPC", .byName(name: "\(area)Contract")] + dependencies)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)")
}

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let logging = product(name: "Logging", package: "swift-log")
    static let tracing = product(name: "Tracing", package: "swift-distributed-tracing")
    static let metrics = product(name: "Metrics", package: "swift-metrics")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypesHTTP1 = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let protobuf = product(name: "SwiftProtobuf", package: "swift-protobuf")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let mustache = product(name: "Mustache", package: "swift-mustache")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let jwt = product(name: "JWTKit", package: "jwt-kit")
    static let yams = product(name: "Yams", package: "Yams")
    static let grpcCore = product(name: "GRPCCore", package: "grpc-swift-2")
    static let grpcTransport = product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport")
    static let grpcProtobuf = product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")
}

/// What every service depends on.
let servicePlatform: [Target.Dependency] = [
    "Commerce", "ServiceKit", "SQL", "EventLog", "EventContract", .logging, .metrics, .lifecycle,
]
/// What generated code and its mapping stand on.
let grpc: [Target.Dependency] = ["CommerceWire", .grpcCore, .grpcProtobuf, .protobuf]
/// The contract of every area, and what carries it between processes.
let contracts: [Target.Dependency] = [
    "AuthContract", "ProductContract", "OfferContract", "CartContract", "OrderContract", "AnalyticsContract",
    "AuditContract",
]
let wires: [Target.Dependency] = [
    "CommerceWire", "AuthWire", "ProductWire", "OfferWire", "CartWire", "OrderWire", "AnalyticsWire", "AuditWire",
]
/// The eleven services, as the composition root and the end-to-end tests need them.
let services: [Target.Dependency] = [
    "AuthService", "ProductService", "CartService", "OfferService", "OrderService", "AnalyticsIngestService",
    "AnalyticsService", "NotificationService", "AuditService", "APIGateway", "Storefront",
]

let package = Package(
    name: "magpie",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "magpie", targets: ["magpie"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(
            url: "https://github.com/apple/swift-configuration.git", from: "1.4.0",
            traits: [.defaults, "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-protobuf.git", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2.git", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport.git", from: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf.git", from: "2.4.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.0"),
    ],
    targets: [
        module("Commerce", "Commerce"),

        module("ServiceKit", "Platform/ServiceKit", ["Commerce", .crypto, .logging, .metrics, .lifecycle, .tracing]),
        module("SQL", "Platform/SQL", ["Commerce", "ServiceKit", .crypto, .metrics]),
        module("SQLiteDriver", "Platform/SQLiteDriver", ["SQL", "ServiceKit", "Commerce", .grdb, .logging]),
        .systemLibrary(
            name: "CPostgreSQL", path: "Sources/Platform/CPostgreSQL", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]),
        module(
            "PostgresDriver", "Platform/PostgresDriver",
            ["SQL", "ServiceKit", "Commerce", "CPostgreSQL", .logging, .metrics]),
        .systemLibrary(
            name: "CRedis", path: "Sources/Platform/CRedis", providers: [.apt(["libhiredis-dev"])]),
        module(
            "RedisDriver", "Platform/RedisDriver",
            ["KeyValue", "Commerce", "ServiceKit", "CRedis", .logging, .metrics]),
        .systemLibrary(
            name: "CKafka", path: "Sources/Platform/CKafka", pkgConfig: "rdkafka",
            providers: [.apt(["librdkafka-dev"])]),
        module("KafkaDriver", "Platform/KafkaDriver", ["EventLog", "ServiceKit", "Commerce", "CKafka", .logging]),
        module("KeyValue", "Platform/KeyValue", ["SQL", "Commerce", "ServiceKit", .logging, .lifecycle]),
        module(
            "EventLog", "Platform/EventLog",
            ["SQL", "Commerce", "ServiceKit", .logging, .metrics, .lifecycle]),
        module("HTML", "Platform/HTML", [.mustache]),
        module("Identity", "Platform/Identity", ["Commerce", "ServiceKit", .jwt, .crypto]),
        module("Observability", "Platform/Observability", ["Commerce", "ServiceKit", .logging, .metrics, .lifecycle]),
        module(
            "Telemetry", "Platform/Telemetry",
            [
                "Commerce", "ServiceKit", .asyncHTTPClient, .nioCore, .nioHTTP1, .grpcCore, .grpcTransport,
                .grpcProtobuf, .protobuf, .logging, .metrics, .lifecycle, .tracing,
            ]),
        .systemLibrary(name: "CMemory", path: "Sources/Platform/CMemory"),
        module(
            "Web", "Platform/Web",
            [
                "Commerce", "ServiceKit", "Observability", "HTML", "CMemory", .hummingbird, .hummingbirdCore,
                .httpTypes, .nioCore, .nioPosix,
                .nioHTTP1,
                .nioHTTPTypes,
                .nioHTTPTypesHTTP1, .logging, .metrics, .crypto, .lifecycle,
            ]),

        module(
            "RPC", "Platform/RPC",
            [
                "Commerce", "ServiceKit", "Identity", "Web", .asyncHTTPClient, .metrics, .hummingbird, .httpTypes,
                .nioCore,
                .nioHTTP1, .nioPosix, .logging, .lifecycle, .crypto, .grpcCore, .grpcTransport, .grpcProtobuf,
                .protobuf,
            ]),

        contract("Auth"),
        contract("Product"),
        contract("Offer", ["ProductContract"]),
        contract("Cart", ["OfferContract"]),
        contract("Order", ["OfferContract"]),
        contract("Analytics"),
        contract("Audit"),
        module("EventContract", "Contracts/Events", ["Commerce", "EventLog", .protobuf]),
        module(
            "CommerceWire", "Contracts/Commerce/Wire", ["Commerce", "ServiceKit", "RPC", .protobuf],
            resources: [.copy("Resources")]),
        wire("Auth", grpc),
        wire("Product", grpc),
        wire("Offer", grpc + ["ProductContract", "ProductWire"]),
        wire("Cart", ["OfferContract"]),
        wire("Order"),
        wire("Analytics"),
        wire("Audit"),

        module("AuthService", "Services/Auth", servicePlatform + ["AuthContract", "Identity", .crypto, .cryptoExtras]),
        module("ProductService", "Services/Product", servicePlatform + ["AuthContract", "ProductContract", "HTML"]),
        module(
            "CartService", "Services/Cart",
            [
                "Commerce", "ServiceKit", "KeyValue", "AuthContract", "CartContract", "OfferContract",
                "ProductContract", .crypto, .logging, .metrics,
            ]),
        module(
            "OfferService", "Services/Offer",
            ["Commerce", "ServiceKit", "AuthContract", "OfferContract", "ProductContract", .logging],
            resources: [.copy("Resources")]),
        module(
            "OrderService", "Services/Order",
            servicePlatform + [
                "AuthContract", "OrderContract", "CartContract", "OfferContract", "ProductContract", "Identity",
            ]),
        module(
            "NotificationService", "Services/Notification", servicePlatform + ["CURL", "HTML", "Identity"],
            resources: [.copy("Resources")]),
        module("AuditService", "Services/Audit", servicePlatform + ["AuthContract", "AuditContract", .crypto]),
        module(
            "AnalyticsIngestService", "Services/AnalyticsIngest",
            ["Commerce", "ServiceKit", "EventLog", "EventContract", "AnalyticsContract", .logging, .crypto]),
        module("AnalyticsService", "Services/Analytics", servicePlatform + ["AuthContract", "AnalyticsContract"]),
        module(
            "APIGateway", "Services/APIGateway",
            [
                "Commerce", "ServiceKit", "Web", "Identity", "AuthContract", "ProductContract", "CartContract",
                "OfferContract", "OrderContract", "AnalyticsContract", "AuditContract", .hummingbird, .httpTypes,
                .nioCore, .logging,
                .crypto,
            ],
            resources: [.copy("Resources")]),
        module(
            "Storefront", "Services/Storefront",
            [
                "Commerce", "ServiceKit", "Web", "HTML", "Identity", "KeyValue", "AuthContract", "ProductContract",
                "CartContract", "OfferContract", "OrderContract", "AnalyticsContract", .hummingbird, .mustache,
                .logging,
                .crypto,
            ],
            resources: [.copy("Resources")]),

        module("CatalogueImport", "Import", ["Commerce", "ServiceKit", "ProductContract", "HTML"]),
        module("DemoCatalogue", "Demo", [], resources: [.copy("Resources")]),
        .systemLibrary(name: "CURL", path: "Sources/Platform/CURL", providers: [.apt(["libcurl4-openssl-dev"])]),

        .executableTarget(
            name: "magpie",
            dependencies: services + contracts + wires + [
                "Commerce", "ServiceKit", "SQL", "SQLiteDriver", "PostgresDriver", "KeyValue", "RedisDriver",
                "EventLog", "KafkaDriver", "Identity", "Observability", "Telemetry", "Web", "RPC",
                "CatalogueImport", "DemoCatalogue", .asyncHTTPClient, .grpcCore,
                .argumentParser, .configuration, .lifecycle, .unixSignals, .logging, .metrics, .hummingbird,
                .nioCore, .nioPosix, .nioHTTP1,
                "EventContract", "CURL",
            ],
            path: "Sources/magpie"),

        .executableTarget(
            name: "magpie-baselines", dependencies: [.argumentParser, .grdb, .hummingbird, .nioCore],
            path: "Benchmarks/Baselines"),

        module(
            "TestSupport", "TestSupport",
            [
                "SQL", "SQLiteDriver", "PostgresDriver", "KafkaDriver", "EventLog", "EventContract", "KeyValue",
                "Commerce",
                "ServiceKit",
                "Observability", "Telemetry", "AuthContract", "ProductContract", .logging, .metrics, .tracing,
            ]),
        module(
            "ContractTestSupport", "ContractTestSupport",
            contracts + [
                "TestSupport", "CommerceWire", "RPC", "Web", "Identity", "ServiceKit", "Commerce", .asyncHTTPClient,
                .nioCore, .nioHTTP1, .grpcCore, .lifecycle, .logging,
            ]),
        tests("LayoutTests", []),
        tests("CommerceTests", ["Commerce"]),
        tests("ServiceKitTests", ["ServiceKit", "Commerce", "AuthContract", "TestSupport", .logging]),
        tests("SQLTests", ["SQL", "SQLiteDriver", "ServiceKit", "TestSupport"]),
        tests("SQLiteDriverTests", ["SQLiteDriver", "SQL", "TestSupport"]),
        tests(
            "EventLogTests",
            [
                "EventLog", "EventContract", "SQL", "Observability", "ServiceKit", "Commerce", "TestSupport", .logging,
                .metrics,
            ]),
        tests("KeyValueTests", ["KeyValue", "RedisDriver", "TestSupport", .logging]),
        tests("HTMLTests", ["HTML", "TestSupport", .mustache]),
        tests("IdentityTests", ["Identity", "AuthContract", "ServiceKit", "Commerce", "TestSupport", .crypto]),
        tests("ObservabilityTests", ["Observability", "ServiceKit", "TestSupport", .logging, .metrics]),
        tests(
            "TelemetryTests",
            [
                "Telemetry", "ServiceKit", "Commerce", "EventLog", "EventContract", "SQL", "Observability",
                "TestSupport",
                .tracing, .logging, .metrics, .lifecycle, .protobuf, .grpcCore, .grpcTransport, .grpcProtobuf,
                .hummingbird, .nioCore,
            ]),
        tests(
            "RedisDriverTests",
            ["RedisDriver", "KeyValue", "ServiceKit", "Commerce", "Telemetry", "TestSupport", .logging]),
        tests(
            "KafkaDriverTests",
            ["KafkaDriver", "CKafka", "EventLog", "EventContract", "ServiceKit", "Commerce", "TestSupport", .logging]),
        tests(
            "RPCTests",
            contracts + wires + [
                "RPC", "Telemetry", "Web", "Identity", "ServiceKit", "Commerce", "ContractTestSupport", "TestSupport",
                .grpcCore, .protobuf, .hummingbird, .httpTypes, .nioCore, .lifecycle, .logging,
            ]),
        tests(
            "ContractTests",
            contracts + wires + [
                "AuthService", "ProductService", "OfferService", "RPC", "Web", "ServiceKit", "Commerce",
                "ContractTestSupport", "TestSupport", .protobuf, .httpTypes,
            ]),
        tests("PostgresDriverTests", ["PostgresDriver", "SQL", "ServiceKit", "Commerce", "TestSupport"]),
        tests(
            "WebTests",
            [
                "Web", "Telemetry", .lifecycle, "Observability", "ServiceKit", "Commerce", "TestSupport", .hummingbird,
                .hummingbirdTesting,
                .httpTypes,
                .nioCore, .nioEmbedded, .nioHTTP1, .nioHTTPTypes, .nioHTTPTypesHTTP1, .metrics, .logging,
            ]),
        tests(
            "AuthServiceTests",
            ["AuthService", "AuthContract", "Identity", "EventContract", "EventLog", "TestSupport", .logging]),
        tests("ProductServiceTests", ["ProductService", "ProductContract", "TestSupport"]),
        tests(
            "CatalogueImportTests",
            ["CatalogueImport", "DemoCatalogue", "ProductService", "ProductContract", "TestSupport"]),
        tests(
            "OfferServiceTests",
            [
                "OfferService", "DemoCatalogue", "OfferContract", "ProductContract", "Commerce", "ServiceKit",
                "TestSupport",
            ]),
        tests(
            "CartServiceTests",
            [
                "CartService", "DemoCatalogue", "OfferService", "CartContract", "OfferContract", "ProductContract",
                "TestSupport",
            ]),
        tests(
            "OrderServiceTests",
            [
                "ServiceKit", "OrderService", "OrderContract", "Identity", "CartContract", "OfferContract",
                "ProductContract",
                "ProductService",
                "CartService", "DemoCatalogue", "EventContract", "OfferService", "Observability", "TestSupport",
                .metrics,
            ]),
        tests(
            "EventContractTests",
            ["EventContract", "EventLog", "AnalyticsService", "AuditService", "NotificationService", "TestSupport"]),
        tests("NotificationServiceTests", ["NotificationService", "EventContract", "Identity", "TestSupport"]),
        tests("AuditServiceTests", ["AuditService", "AuditContract", "AuthContract", "EventContract", "TestSupport"]),
        tests(
            "AnalyticsServiceTests",
            ["AnalyticsService", "AnalyticsContract", "AuthContract", "EventContract", "TestSupport"]),
        tests(
            "AnalyticsIngestServiceTests",
            ["AnalyticsIngestService", "AnalyticsContract", "EventContract", "TestSupport"]),
        tests(
            "APIGatewayTests",
            [
                "APIGateway", "Web", "ServiceKit", "Commerce", "Identity", "AuthContract", "ProductContract",
                "CartContract",
                "OfferContract", "OrderContract", "AnalyticsContract", "AuditContract", .hummingbird,
                .hummingbirdTesting, .httpTypes,
                .nioCore, .logging,
            ]),
        tests(
            "StorefrontTests",
            [
                "Storefront", "Web", "HTML", "ServiceKit", "Commerce", "Identity", "KeyValue", "AuthContract",
                "CartContract",
                "ProductContract", "OfferContract", "OrderContract", "TestSupport", .nioCore,
            ]),
        tests(
            "CommandLineTests",
            [
                "magpie", "Telemetry", "Web", "EventLog", "EventContract", "ServiceKit", "SQL", "SQLiteDriver",
                "Commerce", "AuthService", "AuthContract", "AuditService", "AuditContract", "TestSupport",
                .argumentParser, .configuration, .logging, .nioCore, .nioPosix, .yams,
            ]),
        tests(
            "JourneyTests",
            [
                "magpie", "OrderService", "AnalyticsService", "AuditService", "NotificationService", "Commerce",
                "EventLog", "EventContract", "KafkaDriver", "SQL", "SQLiteDriver",
                "PostgresDriver", "TestSupport", .logging, .asyncHTTPClient, .nioCore, .nioHTTP1, .crypto,
            ]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
        .treatWarning("DeprecatedDeclaration", as: .warning),
    ]
    // They read every byte of the sources: a third of a second with optimisation, several without.
    if target.name == "LayoutTests" { target.swiftSettings?.append(.unsafeFlags(["-O"])) }
}
