import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Storefront

@Suite struct FileShelfTests {
    /// Big pictures too are read once, and a picture that is replaced shows at once.
    @Test func picturesAreKeptUntilTheyChange() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "hero.png")
            let shelf = try FileShelf(assets: folder, media: folder)
            #expect(!shelf.hasMedia("hero.png") && shelf.media("hero.png") == nil)
            func write(_ byte: UInt8) throws {
                try Data(repeating: byte, count: 3_000_000).write(to: file)
                let date = Date(timeIntervalSince1970: 1_700_000_000)
                try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
            }
            try write(1)
            let first = try #require(shelf.media("hero.png"))
            #expect(shelf.hasMedia("hero.png") && first.bytes.readableBytes == 3_000_000)
            // Nobody could tell that it changed, and nobody looks.
            try write(9)
            #expect(shelf.media("hero.png")?.tag == first.tag)
            try Data(repeating: 2, count: 2_000_000).write(to: file)
            let second = try #require(shelf.media("hero.png"))
            #expect(second.bytes.readableBytes == 2_000_000 && second.tag != first.tag)
            try FileManager.default.removeItem(at: file)
            #expect(shelf.media("hero.png") == nil)
        }
    }
}
