import EventContract
import EventLog
import Foundation
import Testing

@testable import magpie

/// A service is its module, its sources and Package.swift: what else names services is held against the list here and in
/// `ComposeTests`.
@Suite struct ServiceListTests {
    private let declarations = ServiceList.declarations

    /// Sources/Services/Order has Modules/OrderModule.swift, which holds `OrderModule`.
    @Test func everyServiceHasItsModuleInTheList() throws {
        let services = try names(in: "Sources/Services")
        let files = try names(in: "Sources/magpie/Composition/Modules")
        #expect(files == services.map { "\($0)Module.swift" }.sorted())
        #expect(ServiceList.modules.map { "\($0)" }.sorted() == services.map { "\($0)Module" }.sorted())
        #expect(Set(ServiceList.names).count == services.count)
    }

    @Test func layersFollowTheCalls() {
        var earlier: Set<String> = []
        for layer in ServiceList.layers {
            for module in layer { #expect(earlier.isSuperset(of: module.declaration.calledNames), "\(module)") }
            earlier.formUnion(layer.map { $0.declaration.name })
        }
        #expect(earlier == Set(ServiceList.names))
    }

    @Test func portsEndpointsAndPublicServicesAgree() {
        for module in ServiceList.modules {
            let declaration = module.declaration
            #expect((declaration.port == nil) == (module.transport == nil), "\(declaration.name)")
            #expect(declaration.isPublic == isWeb(module), "\(declaration.name)")
        }
    }

    @Test(arguments: Topic.allCases) func everyTopicHasAConsumer(topic: Topic) {
        #expect(declarations.contains { $0.consumes.contains(topic) })
    }

    @Test(arguments: Topic.allCases) func everyTopicHasAProducer(topic: Topic) {
        #expect(declarations.contains { $0.produces.contains(topic) })
    }

    // MARK: magpie services

    @Test func scriptsFindWhatTheyNeedInTheJSON() throws {
        let json = try JSONSerialization.jsonObject(with: Data(Services.json().utf8))
        let services = try #require(json as? [[String: Any]])
        #expect(services.compactMap { $0["name"] as? String } == ServiceList.names)
        for (service, declaration) in zip(services, declarations) {
            #expect(service["layer"] is Int)
            #expect(service["port"] as? Int == declaration.port)
            #expect(service["proxy_variable"] as? String == declaration.proxyVariable)
            let variable = declaration.port == nil ? nil : declaration.addressVariable
            #expect(service["address_variable"] as? String == variable)
            #expect(service["calls"] as? [String] == declaration.calledNames)
            #expect(service["consumes"] as? [String] == declaration.consumes.map(\.rawValue))
        }
    }

    // MARK: Documents

    @Test func theTableOfTheREADMEIsTheList() throws {
        let rows = ServiceDescription.all.map { service in
            "| \(service.name) | \(service.port.map(String.init) ?? "–") | \(service.protocols) | \(service.owns) |"
        }
        #expect(try table(of: "README.md", headed: "| service | port | protocol | owns |") == rows)
    }

    @Test func theTableOfRunningIsTheList() throws {
        func products(_ backends: [ServiceDeclaration.Backend]) -> String {
            backends.map(\.product).joined(separator: ", ")
        }
        let rows = declarations.map { service in
            let cells = [service.name, products(service.needs), products(service.uses), service.dataFolder ?? ""]
            return "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
        }
        #expect(try table(of: "docs/running.md", headed: "| service | needs | better with | data folder |") == rows)
    }

    @Test func contractsAreDocumentedWithTheirPorts() throws {
        let text = try ComposeFile.contents("docs/contracts.md")
        for service in declarations where !service.isPublic {
            guard let port = service.port else { continue }
            #expect(text.contains("\(service.name) \(port)"), "\(service.name)")
        }
    }

    /// Every consumer group may write dead letters. Commands also write to topics of services.
    @Test func producersAreDocumented() throws {
        let heading = "| topic | partitions | kept | key | producers | consumers |"
        let rows = try table(of: "docs/events.md", headed: heading).map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(rows.count == TopicDeclaration.all.count)
        for (row, topic) in zip(rows, TopicDeclaration.all) {
            let documented = row[4].split(separator: ", ").map(String.init).filter { !$0.hasPrefix("magpie ") }
            let writers = declarations.filter { $0.produces.contains(topic.topic) }.map(\.name)
            let expected = topic.topic == TopicDeclaration.deadLetters.topic ? ServiceList.consumerGroups : writers
            #expect(documented == expected.sorted(), "\(topic.name)")
        }
    }

    // MARK: Parts

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: ComposeFile.root.appending(path: folder).path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The rows under a heading.
    private func table(of document: String, headed heading: String) throws -> [String] {
        let lines = try ComposeFile.contents(document).split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == heading }, "\(document) has no such table")
        return lines[start...].dropFirst(2).prefix { $0.hasPrefix("|") }.map(String.init)
    }

    private func isWeb<Module: ServiceModule>(_ module: Module.Type) -> Bool {
        if case .web = module.endpoint { true } else { false }
    }
}
