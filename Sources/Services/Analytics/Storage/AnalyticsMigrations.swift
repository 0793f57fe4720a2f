import EventLog
import SQL

enum AnalyticsMigrations {
    static let all = [readModels, Inbox.migration, Inbox.expiryMigration, retention, AwaitedFacts.migration]

    private static let readModels = Migration("read_models") { dialect in
        """
        CREATE TABLE sessions (
            day TEXT NOT NULL CHECK (length(day) = 10),
            session_id TEXT NOT NULL,
            first_seen \(dialect.int64) NOT NULL,
            last_seen \(dialect.int64) NOT NULL,
            viewed \(dialect.int64) NOT NULL CHECK (viewed IN (0, 1)),
            carted \(dialect.int64) NOT NULL CHECK (carted IN (0, 1)),
            checkout \(dialect.int64) NOT NULL CHECK (checkout IN (0, 1)),
            ordered \(dialect.int64) NOT NULL CHECK (ordered IN (0, 1)),
            PRIMARY KEY (day, session_id),
            CHECK (first_seen <= last_seen),
            CHECK (viewed >= carted AND carted >= checkout AND checkout >= ordered)
        ) \(dialect.strict);
        CREATE TABLE cart_sessions (
            cart_id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL,
            seen_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        CREATE TABLE placed_orders (
            order_id TEXT PRIMARY KEY,
            cart_id TEXT,
            day TEXT NOT NULL CHECK (length(day) = 10),
            total \(dialect.int64) NOT NULL,
            given_back \(dialect.int64) NOT NULL CHECK (given_back BETWEEN 0 AND total)
        ) \(dialect.strict);
        CREATE INDEX placed_orders_day ON placed_orders (day);
        CREATE TABLE revenue_days (
            day TEXT NOT NULL CHECK (length(day) = 10),
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            orders \(dialect.int64) NOT NULL CHECK (orders >= 0),
            gross \(dialect.int64) NOT NULL CHECK (gross >= 0),
            refunded \(dialect.int64) NOT NULL CHECK (refunded >= 0),
            PRIMARY KEY (day, currency)
        ) \(dialect.strict);
        CREATE TABLE product_days (
            day TEXT NOT NULL CHECK (length(day) = 10),
            product_id TEXT NOT NULL,
            currency TEXT NOT NULL CHECK (length(currency) = 3),
            quantity \(dialect.int64) NOT NULL CHECK (quantity > 0),
            revenue \(dialect.int64) NOT NULL CHECK (revenue >= 0),
            PRIMARY KEY (day, product_id, currency)
        ) \(dialect.strict);
        CREATE TABLE product_titles (
            product_id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            sold_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        """
    }

    private static let retention = Migration("cart_sessions_age") { _ in
        "CREATE INDEX cart_sessions_age ON cart_sessions (seen_at);"
    }
}
