import EventLog

/// A service as `magpie services --json` describes it. Fields are added, never renamed: scripts read them.
struct ServiceDescription: Encodable, Sendable {
    let name: String
    /// Absent: nobody calls it.
    let port: Int?
    /// Absent: nobody calls it.
    let transport: String?
    /// Each service calls only services of lower layers.
    let layer: Int
    /// The variable by which others find it. Absent: nobody calls it.
    let addressVariable: String?
    /// The variable of the proxy's configuration. Absent: customers do not reach it.
    let proxyVariable: String?
    let owns: String
    let needs: [String]
    let uses: [String]
    /// Absent: it uses no files.
    let dataFolder: String?
    let calls: [String]
    let consumes: [String]

    init(_ module: any ServiceModule.Type, layer: Int) {
        let declaration = module.declaration
        name = declaration.name
        port = declaration.port
        transport = module.transport?.rawValue
        self.layer = layer
        addressVariable = declaration.port.map { _ in declaration.addressVariable }
        proxyVariable = declaration.proxyVariable
        owns = declaration.owns
        needs = declaration.needs.map(\.rawValue)
        uses = declaration.uses.map(\.rawValue)
        dataFolder = declaration.dataFolder
        calls = declaration.calledNames
        consumes = declaration.consumes.map(\.rawValue)
    }

    /// What it speaks, in words.
    var protocols: String {
        [consumes.isEmpty ? nil : "consumer group", transport].compactMap(\.self).joined(separator: ", ")
    }

    /// In the order of ``ServiceList/modules``.
    static let all: [ServiceDescription] = {
        let described = ServiceList.layers.enumerated().flatMap { layer, modules in
            modules.map { ServiceDescription($0, layer: layer) }
        }
        return ServiceList.names.compactMap { name in described.first { $0.name == name } }
    }()
}
