import Foundation
import TestSupport
import Testing

@testable import magpie

@Suite struct DataFolderTests {
    @Test func oneProcessAtATimeRunsTheShopOfAFolder() async throws {
        try await withTemporaryFolder { folder in
            let data = DataFolder(folder)
            try data.claim()
            let error = #expect(throws: Fault.self) { try data.claim() }
            #expect(error?.description.contains("another process") == true)
        }
    }

    @Test func aDataFolderThatCannotBeMadeIsNamed() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            let error = #expect(throws: Fault.self) { try DataFolder(file).prepare() }
            #expect(error?.description.contains(file.path) == true)
            #expect(error?.description.contains("MAGPIE_DATA") == true)
        }
    }
}
