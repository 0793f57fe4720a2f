import Foundation
import TestSupport
import Testing

@testable import magpie

/// No container engine is needed: the files are held against the list of services and against each other.
@Suite struct ComposeTests {
    private static let declarations = ServiceList.declarations
    private static let exporters = [
        "blackbox-exporter", "postgres-exporter", "redis-exporter", "kafka-exporter", "nginx-exporter", "node-exporter",
    ]
    private static let servers =
        ["proxy", "postgres", "redis", "kafka", "prometheus", "alertmanager", "loki", "alloy", "jaeger", "grafana"]
        + exporters
    private static let commands = ["migrate", "demo"]
    private static let jobs = commands + ["secrets", "monitor-role"]
    private static let operationsPort = 9464
    private static let containerLogs = "/var/lib/docker/containers"
    private let file: ComposeFile

    init() throws { file = try ComposeFile() }

    private func declaration(_ name: String) throws -> ServiceDeclaration {
        try #require(Self.declarations.first { $0.name == name })
    }

    private func service(_ name: String) throws -> ComposeFile.Service { try #require(file.services[name], "\(name)") }

    @Test func everyServiceIsThereAndNothingElse() {
        #expect(Set(file.services.keys) == Set(ServiceList.names + Self.servers + Self.jobs))
    }

    @Test(arguments: ServiceList.names)
    func aServiceRunsAsItselfAndIsCheckedForReadiness(name: String) throws {
        let service = try service(name)
        #expect(service.strings("command") == ["serve", name])
        #expect(service.string("image") == "magpie:local")
        #expect(service.healthCheck?["test"] as? [String] == ["CMD", "magpie", "health"])
        #expect(service.string("user") == "10001:10001")
        #expect(service.raw["read_only"] as? Bool == true)
        #expect(service.strings("ports").isEmpty, "only the proxy is reached from outside")
    }

    // MARK: Environment

    @Test(arguments: ServiceList.names)
    func aServiceGetsTheBackendsItUsesAndNoOthers(name: String) throws {
        let declaration = try declaration(name)
        let service = try service(name)
        let used = declaration.needs + declaration.uses
        let backends: [(ServiceDeclaration.Backend, server: String, variable: String, secret: String?)] = [
            (.sql, "postgres", "MAGPIE_DATABASE_URL", "database_password"),
            (.redis, "redis", "MAGPIE_REDIS_URL", "redis_password"),
            (.kafka, "kafka", "MAGPIE_KAFKA_BROKERS", nil),
        ]
        for (backend, server, variable, secret) in backends {
            let isUsed = used.contains(backend)
            #expect((service.environment[variable] != nil) == isUsed, "\(variable)")
            #expect((service.conditions[server] == "service_healthy") == isUsed, "\(server)")
            if isUsed { #expect(service.environment[variable]?.contains(server) == true) }
            if let secret { #expect(service.secrets.contains(secret) == isUsed, "\(secret)") }
        }
        #expect(service.environment["MAGPIE_HOST"] == "0.0.0.0")
        #expect(service.environment["MAGPIE_OPS_HOST"] == "0.0.0.0")
        #expect(service.environment["MAGPIE_OPS_PORT"] == "\(Self.operationsPort)")
        #expect(service.environment["MAGPIE_PORT"] == nil, "the port of the list is what others call")
        #expect(service.environment["MAGPIE_TRUSTED_PROXIES"] == (declaration.isPublic ? "1" : nil))
    }

    @Test func allSeeTheSamePublicAddressAndKey() throws {
        for key in ["MAGPIE_PUBLIC_URL", "MAGPIE_SERVICE_KEY_FILE"] {
            let values = try Set((ServiceList.names + Self.commands).map { try service($0).environment[key] })
            #expect(values.count == 1 && values.first != .some(nil), "\(key)")
        }
    }

    @Test(arguments: ServiceList.names)
    func aServiceSendsItsTracesToJaeger(name: String) throws {
        let endpoint = try service(name).environment["OTEL_EXPORTER_OTLP_ENDPOINT"].flatMap { URL(string: $0) }
        #expect(endpoint?.host() == "jaeger" && endpoint?.port == 4318)
        #expect(try service(name).conditions["jaeger"] == nil, "a service starts without it")
        let receivers = try ComposeFile.contents("infra/observability/jaeger.yml")
        #expect(receivers.contains("http: {endpoint: \"0.0.0.0:4318\"}"))
    }

    @Test func everyVariableIsDocumented() throws {
        let documentation = try ComposeFile.contents("docs/configuration.md")
        let names = Set(
            try (ServiceList.names + Self.commands).flatMap { try service($0).environment.keys })
        for name in names { #expect(documentation.contains("`\(name)`"), "\(name)") }
    }

    // MARK: Order of start

    @Test(arguments: ServiceList.names)
    func aServiceStartsAfterWhatItCallsAndTheMigrations(name: String) throws {
        let conditions = try service(name).conditions
        let declaration = try declaration(name)
        for called in declaration.calledNames { #expect(conditions[called] == "service_healthy", "\(called)") }
        #expect(conditions["migrate"] == "service_completed_successfully")
        let others = Set(ServiceList.names).subtracting(declaration.calledNames)
        #expect(others.isDisjoint(with: conditions.keys), "waits for a service it does not call")
    }

    @Test func everyConditionCanComeTrue() throws {
        for service in file.services.values {
            for (name, condition) in service.conditions {
                let other = try #require(file.services[name], "\(service.name) waits for \(name)")
                if condition == "service_completed_successfully" {
                    #expect(other.string("restart") == "no", "\(name) never completes")
                } else {
                    #expect(other.healthCheck?["test"] != nil, "\(name) is never healthy")
                }
            }
        }
        var started: Set<String> = []
        while let next = file.services.values.first(where: {
            !started.contains($0.name) && started.isSuperset(of: $0.conditions.keys)
        }) {
            started.insert(next.name)
        }
        #expect(started == Set(file.services.keys), "these wait for each other")
    }

    // MARK: Ports and addresses

    @Test func noTwoServicesTakeOneHostPort() throws {
        let taken = file.services.values.flatMap(\.hostPorts)
        #expect(Set(taken).count == taken.count)
        #expect(Set(taken) == ["8080", "3000", "9090", "9093", "16686"])
        #expect(try service("proxy").hostPorts == ["8080"])
        for name in ["grafana", "prometheus", "alertmanager", "jaeger"] {
            #expect(try service(name).strings("ports").allSatisfy { $0.hasPrefix("127.0.0.1:") }, "\(name)")
        }
        let address = try service("storefront").environment["MAGPIE_PUBLIC_URL"].flatMap { URL(string: $0) }
        #expect(address?.port == 8080)
    }

    @Test func theProxySendsTheAPIToTheGatewayAndTheRestToTheStorefront() throws {
        let environment = try service("proxy").environment
        let template = try ComposeFile.contents("infra/local/nginx.conf.template")
        for declaration in Self.declarations {
            guard let variable = declaration.proxyVariable else { continue }
            let port = try #require(declaration.port)
            #expect(environment[variable] == "server \(declaration.name):\(port) max_fails=0;")
            #expect(template.contains("${\(variable)}"), "\(declaration.name)")
        }
        for match in template.matches(of: /\$\{([A-Z_]+)\}/) { #expect(environment[String(match.1)] != nil) }
        for place in ["/api/", "/.well-known/", "= /openapi.json"] {
            #expect(template.contains("location \(place) { proxy_pass http://magpie_gateway; }"), "\(place)")
        }
    }

    @Test func prometheusAsksEveryServiceAtItsOperationsPort() throws {
        let configuration = try ComposeFile.mapping(ComposeFile.contents("infra/observability/prometheus.yml"))
        let scrapes = try #require(configuration["scrape_configs"] as? [[String: Any]])
        let shop = try #require(scrapes.first { $0["job_name"] as? String == "magpie" })
        let targets = (shop["static_configs"] as? [[String: [String]]] ?? []).flatMap { $0["targets"] ?? [] }
        #expect(targets.sorted() == ServiceList.names.map { "\($0):\(Self.operationsPort)" }.sorted())
    }

    @Test func nginxTellsItsExporterAlone() throws {
        let port = try #require(try service("proxy").environment["MAGPIE_STATUS_LISTEN"])
        #expect(try service("nginx-exporter").strings("command") == ["--nginx.scrape-uri=http://proxy:\(port)/status"])
        #expect(try service("proxy").hostPorts.contains(port) == false)
        let template = try ComposeFile.contents("infra/local/nginx-status.conf.template")
        #expect(template.contains("listen ${MAGPIE_STATUS_LISTEN};") && template.contains("location = /status"))
    }

    @Test func exportersAreReachedFromInsideAlone() throws {
        for name in Self.exporters + ["loki", "alloy"] {
            #expect(try service(name).strings("networks") == ["inside"], "\(name)")
            #expect(try service(name).hostPorts.isEmpty, "\(name)")
        }
    }

    // MARK: Secrets

    @Test func noSecretIsInTheFile() throws {
        for service in file.services.values {
            for (name, value) in service.environment {
                if name.contains(/PASSWORD|SECRET|TOKEN|_KEY/) {
                    #expect(name.hasSuffix("_FILE"), "\(service.name) \(name)")
                }
                guard name.hasSuffix("_FILE") else { continue }
                #expect(value.wholeMatch(of: /\/run\/secrets\/\w+\/value/) != nil, "\(service.name) \(name)")
            }
        }
        #expect(!file.text.contains(/:\/\/[^\/\s@]*:[^\/\s@]+@/), "an address with a password")
    }

    @Test func theFirstJobMakesEverySecretAloneAndBuildsTheImage() throws {
        let job = try service("secrets")
        let made = job.mounts.filter { !$0.source.hasPrefix(".") }
        #expect(Set(made.map(\.source)) == file.services.values.reduce(into: Set()) { $0.formUnion($1.secrets) })
        let dockerfile = try ComposeFile.contents("Dockerfile")
        for mount in made {
            #expect(mount.target == "/secrets/\(mount.source)" && !mount.readOnly)
            #expect(dockerfile.contains(mount.target), "the volume \(mount.source) would be root's")
        }
        #expect(job.conditions.isEmpty)
        #expect(job.string("network_mode") == "none")
        #expect(file.services.values.filter { $0.raw["build"] != nil }.map(\.name) == ["secrets"])
    }

    @Test func aContainerSeesTheSecretsThatItReadsAndNoOthersAndWaitsForThem() throws {
        let all = Set(try service("secrets").mounts.map(\.source))
        for service in file.services.values where service.name != "secrets" {
            let mounted = service.mounts.filter { all.contains($0.source) || $0.target.hasPrefix("/run/secrets") }
            #expect(Set(mounted.map(\.source)) == service.secrets, "\(service.name)")
            for mount in mounted {
                #expect(mount.target == "/run/secrets/\(mount.source)" && mount.readOnly, "\(service.name)")
            }
            let condition = service.secrets.isEmpty ? nil : "service_completed_successfully"
            #expect(service.conditions["secrets"] == condition, "\(service.name)")
        }
    }

    @Test func secretsAreMadeOnceAndReplacedOnlyByName() async throws {
        try await withTemporaryFolder { folder in
            let names = ["service_key", "redis_password"]
            func secret(_ name: String) throws -> String {
                try String(contentsOf: folder.appending(path: "\(name)/value"), encoding: .utf8)
            }
            for name in names {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name), withIntermediateDirectories: false)
            }
            #expect(try makeSecrets(in: folder) == 0)
            let first = try names.map(secret)
            #expect(Set(first).count == 2 && first.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{64}/) != nil })

            #expect(try makeSecrets(in: folder, name: "redis_password", input: "own#1\n") == 0)
            for input in ["", "\n", "two words", "two\nlines", "a\"quote"] {
                #expect(try makeSecrets(in: folder, name: "redis_password", input: input) == 65)
            }
            #expect(try makeSecrets(in: folder, name: "unknown") == 64)

            #expect(try makeSecrets(in: folder) == 0)
            #expect(try names.map(secret) == [first[0], "own#1"])
            let attributes = try FileManager.default.attributesOfItem(
                atPath: folder.appending(path: "redis_password/value").path)
            #expect(attributes[.posixPermissions] as? Int == 0o444)
        }
    }

    /// They lead nowhere until an operator sets them: such a request fails, and Alertmanager says so.
    @Test func addressesForAlertsAreNoRandomSecrets() async throws {
        try await withTemporaryFolder { folder in
            let page = folder.appending(path: "page_webhook")
            try FileManager.default.createDirectory(at: page, withIntermediateDirectories: false)
            #expect(try makeSecrets(in: folder) == 0)
            func address() throws -> URL? {
                URL(string: try String(contentsOf: page.appending(path: "value"), encoding: .utf8))
            }
            let made = try address()
            #expect(made?.host() == "127.0.0.1" && made?.port == 9)
            #expect(try makeSecrets(in: folder, name: "page_webhook", input: "https://alerts.example/a?b=c\n") == 0)
            #expect(try makeSecrets(in: folder) == 0)
            #expect(try address()?.absoluteString == "https://alerts.example/a?b=c")
        }
    }

    /// - Returns: The exit code of what the job `secrets` runs.
    private func makeSecrets(in folder: URL, name: String? = nil, input: String = "") throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = ComposeFile.root.appending(path: "scripts/compose-secrets").path
        process.arguments = ["bash", script, folder.path] + (name.map { [$0] } ?? [])
        let source = Pipe()
        process.standardInput = source
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try source.fileHandleForWriting.close()
        process.waitUntilExit()
        return process.terminationStatus
    }

    // MARK: Volumes, images, limits

    @Test func everyVolumeIsDeclaredAndEveryFileExists() throws {
        var used: Set<String> = []
        for service in file.services.values {
            for mount in service.mounts {
                guard mount.source.hasPrefix(".") else {
                    if mount.source.hasPrefix("/") {
                        #expect(mount.source == Self.containerLogs && mount.readOnly && service.name == "alloy")
                    } else {
                        used.insert(mount.source)
                    }
                    continue
                }
                let path = ComposeFile.root.appending(path: mount.source).path
                #expect(FileManager.default.fileExists(atPath: path), "\(mount.source)")
                #expect(mount.readOnly, "\(service.name) can change \(mount.source)")
            }
        }
        #expect(used == file.names(of: "volumes"))
    }

    @Test(arguments: ServiceList.names)
    func aServiceSeesTheDataFolderThatItUsesAndChangesItOnlyToKeepFiles(name: String) throws {
        let folder = try service(name).mounts.first { $0.target == "/var/lib/magpie" }
        switch try declaration(name).files {
        case .none: #expect(folder == nil)
        case .reads: #expect(folder?.readOnly == true)
        case .writes: #expect(folder?.readOnly == false)
        }
        // What the demo writes, rules and pictures, is for those that wait for it.
        if try service(name).conditions["demo"] != nil { #expect(folder?.source == "data") }
    }

    /// A tag with a version, and the digest that `scripts/pin-images` adds.
    private static var pinned: Regex<Substring> {
        /:v?\d+\.\d+(?:\.\d+)?(?:-[a-z]+)?(?:@sha256:[0-9a-f]{64})?$/
    }

    @Test func everyContainerIsPinnedLockedAndLimited() throws {
        for service in file.services.values {
            let image = try #require(service.string("image"), "\(service.name)")
            #expect(image == "magpie:local" || image.contains(Self.pinned), "\(image)")
            #expect(service.strings("cap_drop") == ["ALL"], "\(service.name)")
            #expect(service.strings("security_opt") == ["no-new-privileges:true"], "\(service.name)")
            // The log files of containers are root's.
            #expect(service.string("user")?.hasPrefix("0") == (service.name == "alloy"), "\(service.name)")
            #expect(service.raw["mem_limit"] != nil, "\(service.name)")
            #expect(service.string("stop_grace_period") == "30s", "\(service.name)")
            // Kafka's image writes below its program's folder.
            #expect(service.raw["read_only"] as? Bool == (service.name != "kafka"), "\(service.name)")
            let isJob = Self.jobs.contains(service.name)
            #expect(service.string("restart") == (isJob ? "no" : "unless-stopped"), "\(service.name)")
            // The image of nginx-exporter has no program that could check it.
            let isUnchecked = isJob || service.name == "nginx-exporter"
            #expect((service.healthCheck?["test"] != nil) != isUnchecked, "\(service.name)")
        }
    }
}
