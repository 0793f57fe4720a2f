import Foundation
import NIOCore

extension Channel {
    /// Has the kernel drop what would open a new connection to this listening socket; those that are open, or being
    /// opened, are not touched. A client that tries to connect retries after a second, and is refused once the socket is closed.
    ///
    /// Does nothing where the system knows no such filter.
    func dropNewConnections() async throws {
        #if os(Linux)
            guard let socket = self as? any SocketOptionProvider else { return }
            try await socket.unsafeSetSocketOption(
                level: .socket, name: NIOBSDSocket.Option(rawValue: SO_ATTACH_FILTER),
                value: SocketFilter.noNewConnections
            ).get()
        #endif
    }
}

#if os(Linux)
    /// `struct sock_fprog`: a program that the kernel runs on every TCP segment, from its header on.
    /// https://www.kernel.org/doc/html/latest/networking/filter.html
    private struct SocketFilter: Sendable {
        let count: UInt16
        /// Of its instructions, which are never freed.
        let address: UInt

        /// `struct sock_filter`
        private struct Instruction {
            let code: UInt16
            var ifTrue: UInt8 = 0
            var ifFalse: UInt8 = 0
            let value: UInt32
        }

        static let noNewConnections = SocketFilter([
            Instruction(code: 0x30, value: 13),  // Load the flags,
            Instruction(code: 0x54, value: 0x12),  // of which SYN and ACK;
            Instruction(code: 0x15, ifFalse: 1, value: 0x02),  // if SYN alone is set,
            Instruction(code: 0x06, value: 0),  // drop it,
            Instruction(code: 0x06, value: .max),  // else keep all of it.
        ])

        private init(_ instructions: [Instruction]) {
            let memory = UnsafeMutableBufferPointer<Instruction>.allocate(capacity: instructions.count)
            _ = memory.initialize(fromContentsOf: instructions)
            count = UInt16(instructions.count)
            address = UInt(bitPattern: memory.baseAddress)
        }
    }
#endif
