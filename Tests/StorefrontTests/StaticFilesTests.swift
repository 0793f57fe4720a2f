import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Storefront

@Suite struct StaticFilesTests {
    /// Large pictures too are read once, and a replaced picture is served at once.
    @Test func picturesAreCachedUntilTheyChange() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "hero.png")
            let files = try StaticFiles(assets: folder, media: folder)
            #expect(!files.hasMedia("hero.png") && files.media("hero.png") == nil)
            func write(_ byte: UInt8) throws {
                try Data(repeating: byte, count: 3_000_000).write(to: file)
                let date = Date(timeIntervalSince1970: 1_700_000_000)
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
            }
            try write(1)
            let first = try #require(files.media("hero.png"))
            #expect(files.hasMedia("hero.png") && first.bytes.readableBytes == 3_000_000)
            // Same size and date: the change is not detected.
            try write(9)
            #expect(files.media("hero.png")?.tag == first.tag)
            try Data(repeating: 2, count: 2_000_000).write(to: file)
            let second = try #require(files.media("hero.png"))
            #expect(second.bytes.readableBytes == 2_000_000 && second.tag != first.tag)
            try FileManager.default.removeItem(at: file)
            #expect(files.media("hero.png") == nil)
        }
    }

    @Test(arguments: ["../secret.svg", "..", ".env", "a/b.svg", "a%2fb.svg", "", "a\\b.svg", "ü.svg"])
    func mediaNamesCannotLeaveTheFolder(name: String) {
        #expect(!StaticFiles.isPlain(name))
    }
}
