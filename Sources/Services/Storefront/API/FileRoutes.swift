import Hummingbird
import ServiceKit
import Web

extension Storefront {
    func addFileRoutes(to routes: inout PageRoutes) {
        let files = files
        routes.plain("/assets/{file}") { request, context in
            guard let file = files.asset(context.parameter("file")) else { throw ServiceError.notFound("file") }
            let isVersioned = request.uri.queryParameters["v"].map { String($0) } == file.tag
            return file.response(
                to: request, lifetime: isVersioned ? "public, max-age=31536000, immutable" : "public, max-age=300")
        }
        routes.plain("/media/{file}") { request, context in
            guard let file = files.media(context.parameter("file")) else { throw ServiceError.notFound("file") }
            return file.response(to: request, lifetime: "public, max-age=86400")
        }
        routes.plain("/favicon.svg") { request, _ in
            guard let file = files.media("favicon.svg") ?? files.asset("favicon.svg") else {
                throw ServiceError.notFound("file")
            }
            return file.response(to: request, lifetime: "public, max-age=86400")
        }
    }
}
