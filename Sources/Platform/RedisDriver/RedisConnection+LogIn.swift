extension RedisConnection {
    /// Authenticates, selects the database, and checks that the server accepts commands, in one round trip.
    func logIn(_ settings: RedisSettings, until limit: ContinuousClock.Instant) throws {
        var commands: [[RedisArgument]] = []
        if let password = settings.password {
            commands.append(["AUTH"] + [settings.user, password].compactMap { $0 }.map { RedisArgument($0) })
        }
        if settings.database != 0 { commands.append(["SELECT", RedisArgument(Int64(settings.database))]) }
        commands.append(["PING"])
        try write(commands.flatMap(\.encoded), until: limit)
        var reply = RedisReply.null
        for command in commands {
            reply = try read(until: limit)
            if case .error(let error) = reply { throw Self.refusal(of: command[0], error, settings) }
        }
        guard reply == .status("PONG") else { throw RedisConnectionFailure(reason: "this is not a Redis server") }
    }

    /// What a refused log-in means for the operator.
    private static func refusal(
        of command: RedisArgument, _ error: RedisError, _ settings: RedisSettings
    ) -> any Error {
        switch (command, error.code) {
        case (_, "NOAUTH"): RedisConfigurationError.password("it is not set, but \(settings) wants a password")
        case (_, "WRONGPASS"): RedisConfigurationError.password("\(settings) refuses it (\(error.message))")
        case ("AUTH", "ERR") where error.message.contains("without any password configured"):
            RedisConfigurationError.password("it is set, but \(settings) has no password for its default user")
        case ("SELECT", "ERR") where error.message.contains("out of range"):
            RedisConfigurationError.url("the server has no database \(settings.database)")
        case (_, "NOPERM"): RedisConfigurationError.url("the user may not use this database (\(error.message))")
        case (_, "DENIED"):
            RedisConfigurationError.password("it is not set, and \(settings) refuses remote clients without one")
        default: RedisConnectionFailure(reason: error.description)
        }
    }
}
