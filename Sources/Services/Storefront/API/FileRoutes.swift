import HTTPTypes
import Hummingbird
import ServiceKit
import Web

/// Static files: assets, media and the favicon.
struct FileRoutes: Sendable {
    let files: StaticFiles

    func add(to routes: inout PageRoutes) {
        let files = files
        routes.plain("/assets/{file}") { request, context in
            guard let file = files.asset(context.parameter("file")) else { throw ServiceError.fileNotFound }
            let isVersioned = request.uri.queryParameters["v"].map { String($0) } == file.tag
            return file.response(
                to: request, lifetime: isVersioned ? "public, max-age=31536000, immutable" : "public, max-age=300")
        }
        routes.plain("/media/{file}") { request, context in
            guard let file = files.media(context.parameter("file")) else { throw ServiceError.fileNotFound }
            return file.response(to: request, lifetime: "public, max-age=86400")
        }
        routes.plain("/favicon.svg") { request, _ in
            guard let file = files.media("favicon.svg") ?? files.asset("favicon.svg") else {
                throw ServiceError.fileNotFound
            }
            return file.response(to: request, lifetime: "public, max-age=86400")
        }
    }
}

extension StaticFiles.File {
    /// The file, or 304 when the browser has it.
    fileprivate func response(to request: Request, lifetime: String) -> Response {
        var headers: HTTPFields = [
            .eTag: "\"\(tag)\"", .cacheControl: lifetime, .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ]
        if request.headers[.ifNoneMatch]?.contains("\"\(tag)\"") == true {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = type
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}
