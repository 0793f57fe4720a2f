import HTTPTypes
package import Hummingbird
package import NIOCore
import ServiceKit

/// A request's whole body. It counts in the ``BodyMemory`` for as long as it is kept.
package struct ReceivedBody: Sendable {
    package let bytes: ByteBuffer
    private let share: BodyMemory.Share

    private static let parsing = CostlyWork("magpie.bodies")

    /// Reads the body within the bounds of its route.
    ///
    /// Throws `body_too_large` (413), before anything is read when the client announces it; `incomplete_body` (400) when
    /// it ends early or takes too long; `rate_limited` (429) or `unavailable` (503) when too many bytes are held already.
    package init(_ request: Request, context: WebContext) async throws {
        try await self.init(
            request, within: context.bodyBounds.bytes,
            share: context.bodyMemory.share(of: CallContext.current.clientNetwork))
    }

    package init(_ request: Request, within limit: Int, share: BodyMemory.Share) async throws {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw ServiceError.bodyTooLarge(limit)
        }
        var bytes = ByteBuffer()
        do {
            for try await part in request.body {
                guard bytes.readableBytes + part.readableBytes <= limit else { throw ServiceError.bodyTooLarge(limit) }
                try share.add(part.readableBytes)
                // Copied, for what a part was received in may be far larger.
                bytes.writeImmutableBuffer(part)
            }
        } catch let error as ServiceError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch is BodyTimeout.Expired {
            throw ServiceError(ErrorCode.incompleteBody, "The body did not arrive in time.")
        } catch {
            // The client hung up in the middle of it.
            throw ServiceError(ErrorCode.incompleteBody, "The body ended before its announced length.")
        }
        self.bytes = bytes
        self.share = share
    }

    /// What `parse` makes of the bytes. What is larger than most bodies is parsed one at a time, away from the threads
    /// that requests share.
    package func parsed<Value: Sendable>(
        _ parse: @escaping @Sendable (ByteBuffer) throws -> Value
    ) async throws -> Value {
        if bytes.readableBytes <= BodyBounds.small.bytes { return try parse(bytes) }
        return try await Self.parsing.run { [bytes] in try parse(bytes) }
    }
}
