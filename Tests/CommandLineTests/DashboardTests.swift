import Foundation
import Testing

@testable import magpie

/// Grafana is not needed: dashboards, data sources and the scripts around them are held against each other.
@Suite struct DashboardTests {
    private static let folder = "infra/observability/grafana"
    private static let python = ".tools/venv/bin/python"
    private let dashboards: [String: [String: Any]]

    init() throws {
        let path = ComposeFile.root.appending(path: "\(Self.folder)/dashboards")
        let names = try FileManager.default.contentsOfDirectory(atPath: path.path).filter { $0.hasSuffix(".json") }
        dashboards = try names.reduce(into: [:]) { found, name in
            let data = try Data(contentsOf: path.appending(path: name))
            found[String(name.dropLast(5))] = try #require(
                try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
    }

    @Test func theyAreWhatTheirDefinitionsGive() throws {
        #expect(try run("scripts/dashboards", "--check") == 0)
    }

    @Test func everyServiceHasItsDashboard() {
        let ofServices = dashboards.keys.filter { $0.hasPrefix("service-") }
        #expect(Set(ofServices) == Set(ServiceList.names.map { "service-\($0)" }))
    }

    @Test func everyPanelSaysWhatItShowsInWhichUnit() throws {
        for (name, dashboard) in dashboards {
            #expect(dashboard["uid"] as? String == "magpie-\(name)")
            for panel in try panels(of: dashboard) where panel["type"] as? String != "row" {
                let title = try #require(panel["title"] as? String)
                let place = "\(name): \(title)"
                #expect((panel["description"] as? String)?.isEmpty == false, "\(place)")
                let defaults = (panel["fieldConfig"] as? [String: Any])?["defaults"] as? [String: Any]
                #expect((defaults?["unit"] as? String)?.isEmpty == false, "\(place)")
                #expect((panel["targets"] as? [[String: Any]])?.isEmpty == false, "\(place)")
                let position = try #require(panel["gridPos"] as? [String: Int])
                #expect((position["x"] ?? 0) + (position["w"] ?? 0) <= 24, "\(place) does not fit")
            }
        }
    }

    /// Panels name a data source by a variable of the dashboard, whose default Grafana is provisioned with.
    @Test func everyDataSourceExists() throws {
        let sources = try ComposeFile.mapping(
            ComposeFile.contents("\(Self.folder)/provisioning/datasources/magpie.yml"))
        let known = Set((sources["datasources"] as? [[String: Any]] ?? []).compactMap { $0["uid"] as? String })
        #expect(known == ["magpie-prometheus", "magpie-loki", "magpie-jaeger", "magpie-alertmanager"])
        for (name, dashboard) in dashboards {
            let variables = (dashboard["templating"] as? [String: Any])?["list"] as? [[String: Any]] ?? []
            for variable in variables where variable["type"] as? String == "datasource" {
                let chosen = (variable["current"] as? [String: Any])?["value"] as? String
                #expect(chosen.map(known.contains) == true, "\(name)")
            }
            let names = Set(variables.compactMap { $0["name"] as? String }.map { "${\($0)}" })
            for panel in try panels(of: dashboard) {
                guard let source = (panel["datasource"] as? [String: Any])?["uid"] as? String else { continue }
                #expect(names.contains(source), "\(name)")
            }
        }
    }

    @Test func prometheusCanReadEveryQuery() throws {
        #expect(try run(Self.python, "scripts/check-dashboards", "--syntax") == 0)
    }

    @Test func imagesArePinnedByWhatTheirRegistryAnswers() throws {
        #expect(try run("scripts/pin-images", "--self-test") == 0)
    }

    // MARK: Parts

    /// The panels of a dashboard, with those of collapsed rows.
    private func panels(of dashboard: [String: Any]) throws -> [[String: Any]] {
        let top = try #require(dashboard["panels"] as? [[String: Any]])
        return top + top.flatMap { $0["panels"] as? [[String: Any]] ?? [] }
    }

    /// - Returns: The exit status of a script, run in the folder of the repository.
    private func run(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.currentDirectoryURL = ComposeFile.root
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
