import Foundation
import Testing

/// `magpie import shopify` as a shop owner runs it.
@Suite(.serialized, .shape(.oneProcess)) struct ImportCommandTests {
    private func run(_ file: [UInt8], in folder: URL, _ more: String...) throws -> (status: Int32, output: String) {
        let csv = folder.deletingLastPathComponent().appending(path: "import.csv")
        try Data(file).write(to: csv)
        return try RunningShop.command(["import", "shopify", csv.path, "--data", folder.path] + more)
    }

    @Test func problemsAreReportedByKind() async throws {
        try await withFolder { folder in
            let rows = (1...20).map {
                "mug-\($0),Mug \($0),\($0 == 3 ? "cheap" : "5.00"),shopify,\($0 < 15 ? "" : "7")"
            }
            let file = Array(
                (["URL handle,Title,Price,Inventory tracker,Inventory quantity"] + rows).joined(separator: "\n").utf8)
            let all = folder.deletingLastPathComponent().appending(path: "report.txt")
            let first = try run(file, in: folder, "--report", all.path)
            #expect(first.status == 1, "\(first.output)")
            #expect(first.output.contains("20 created, 0 updated, 0 unchanged, 0 left out; rows at fault: 1."))
            #expect(first.output.contains("row 4, Price: “cheap” cannot be read as an amount in USD"))
            #expect(first.output.contains("… and 4 more") && !first.output.contains("row 15,"))
            let report = try String(contentsOf: all, encoding: .utf8)
            #expect(report.contains("row 15, Inventory quantity: the quantity is missing"))
            #expect(!report.contains("more"))
            let second = try run(file, in: folder)
            #expect(second.output.contains("20 unchanged"), "\(second.output)")
        }
    }

    @Test func aFileInAnotherEncodingIsRefusedAsAWhole() async throws {
        try await withFolder { folder in
            let file = Array("Handle,Title,Price\na,A,5\nb,Stra".utf8) + [0xDF] + Array("e,5\n".utf8)
            let refused = try run(file, in: folder)
            #expect(refused.status == 1 && refused.output.contains("byte 32, in line 3, is 0xDF"), "\(refused.output)")
            #expect(refused.output.contains("0 created"))
            let exported = try RunningShop.command(["export", "products", "--data", folder.path])
            #expect(exported.status == 0 && !exported.output.contains("prod_"), "\(exported.output)")
        }
    }
}
