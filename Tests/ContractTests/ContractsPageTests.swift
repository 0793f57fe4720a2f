import AnalyticsWire
import AuditWire
import CartWire
import CommerceWire
import ContractTestSupport
import Foundation
import OrderWire
import RPC
import SwiftProtobuf
import TestSupport
import Testing

/// `docs/contracts.md` says what the code does.
@Suite struct ContractsPageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The cells of the tables' rows, without code marks.
    private static func rows() throws -> [[String]] {
        try String(contentsOf: root.appending(path: "docs/contracts.md"), encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("|") && !$0.hasPrefix("|-") }
            .map { line in
                line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
                }
            }
    }

    @Test func everyMethodOverHTTPIsInTheTable() async throws {
        let issuer = try await Issuer()
        var routes = WireRoutes(
            service: "all", receiver: CallReceiver(credential: testCredential, verifier: issuer.verifier), logger: quiet
        )
        routes.add(CartsDouble())
        routes.add(OrdersDouble())
        routes.add(IngestDouble())
        routes.add(ReportsDouble())
        routes.add(AuditDouble())
        let services = [
            "carts": "cart-service", "orders": "order-service", "behaviour": "analytics-ingest",
            "reports": "analytics-service", "audit": "audit-service",
        ]
        let expected = routes.methods.map { method in
            [
                services[method.service] ?? "", method.name, method.path, method.repeatable.rawValue,
                "\(method.limit.components.seconds) s",
            ]
        }
        #expect(try Self.rows().filter { $0.count == 5 }.dropFirst() == expected[...])
    }

    @Test func everyServiceOverGRPCIsInTheTable() throws {
        let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: ServiceDescriptors.load())
        let expected = set.file.flatMap { file in
            file.service.map { service in
                [
                    "\(file.package).\(service.name)", "Protos/\(file.name)",
                    service.method.map(\.name).joined(separator: ", "),
                ]
            }
        }
        let found = try Self.rows().filter { $0.count == 4 && $0[1].contains(".") }.map { Array($0.dropFirst()) }
        #expect(Set(found) == Set(expected))
        #expect(found.count == expected.count)
        for row in found { #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: row[1]).path)) }
    }
}
