package import HTTPTypes
package import Hummingbird
package import NIOCore
import ServiceKit

/// A response with the value as `application/json`.
package func jsonResponse(
    _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
) throws -> Response {
    try jsonResponse(body: JSON.buffer(value), status: status, headers: headers)
}

/// A response with a JSON text that is encoded already.
package func jsonResponse(
    body: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
) -> Response {
    var headers = headers
    headers[.contentType] = "application/json; charset=utf-8"
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
}
