import EventLog
import SQL

enum OrderMigrations {
    /// In the order in which they run. New ones are added at the end.
    static let all: [Migration] = [
        Idempotency.migration, Outbox.migration, orders, checkouts, coupons, leanCheckouts, couponOwners,
        Outbox.relayMigration, refusals, CheckpointStore.migration, PaymentCheckStore.migration,
    ]

    static let orders = Migration("orders") { dialect in
        """
        CREATE TABLE orders (
            serial \(dialect.identity),
            id TEXT NOT NULL UNIQUE,
            cart_id TEXT NOT NULL UNIQUE,
            status TEXT NOT NULL CHECK (status IN ('pending', 'confirmed', 'fulfilled', 'cancelled', 'refunded')),
            payment_status TEXT NOT NULL
                CHECK (payment_status IN ('authorized', 'captured', 'voided', 'refunded', 'failed')),
            customer_id TEXT, email TEXT NOT NULL, currency TEXT NOT NULL, coupons TEXT NOT NULL,
            shipping_address TEXT NOT NULL, billing_address TEXT NOT NULL, shipping_option TEXT NOT NULL,
            subtotal \(dialect.int64) NOT NULL, discount_total \(dialect.int64) NOT NULL,
            shipping_total \(dialect.int64) NOT NULL, tax_total \(dialect.int64) NOT NULL,
            total \(dialect.int64) NOT NULL CHECK (total >= 0),
            captured \(dialect.int64) NOT NULL DEFAULT 0 CHECK (captured BETWEEN 0 AND total),
            refunded \(dialect.int64) NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND captured),
            payment_provider TEXT, payment_reference TEXT, tracking TEXT,
            placed_at \(dialect.int64) NOT NULL, updated_at \(dialect.int64) NOT NULL,
            CHECK (total = subtotal - discount_total + shipping_total + tax_total),
            CHECK ((payment_provider IS NULL) = (total = 0))
        ) \(dialect.strict);
        CREATE INDEX orders_customer ON orders (customer_id, id);
        CREATE INDEX orders_status ON orders (status, id);
        CREATE INDEX orders_email ON orders (email, id);
        CREATE TABLE order_lines (
            order_id TEXT NOT NULL REFERENCES orders (id), position \(dialect.int64) NOT NULL,
            id TEXT NOT NULL, variant_id TEXT NOT NULL, product_id TEXT NOT NULL, product_handle TEXT NOT NULL,
            title TEXT NOT NULL, variant_title TEXT NOT NULL, sku TEXT NOT NULL, image_url TEXT,
            quantity \(dialect.int64) NOT NULL CHECK (quantity > 0), unit_price \(dialect.int64) NOT NULL,
            adjustments TEXT NOT NULL, total \(dialect.int64) NOT NULL CHECK (total >= 0),
            PRIMARY KEY (order_id, position)
        ) \(dialect.strict);
        CREATE TABLE refunds (
            id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id),
            amount \(dialect.int64) NOT NULL CHECK (amount > 0), reason TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
            caller TEXT, key TEXT, request_hash TEXT, actor TEXT NOT NULL, created_at \(dialect.int64) NOT NULL,
            UNIQUE (caller, key)
        ) \(dialect.strict);
        CREATE INDEX refunds_order ON refunds (order_id);
        """
    }

    static let checkouts = Migration("checkouts") { dialect in
        """
        CREATE TABLE checkouts (
            order_id TEXT PRIMARY KEY NOT NULL,
            caller TEXT NOT NULL, key TEXT, request_hash TEXT NOT NULL,
            cart_id TEXT NOT NULL, principal TEXT NOT NULL, traceparent TEXT NOT NULL, provider TEXT NOT NULL,
            step TEXT NOT NULL
                CHECK (step IN ('started', 'priced', 'authorising', 'confirmed', 'captured', 'done', 'failed')),
            state TEXT NOT NULL CHECK (state IN ('running', 'completed', 'failed')),
            free \(dialect.int64) NOT NULL DEFAULT 0,
            cart TEXT, draft TEXT, error TEXT,
            lease_owner TEXT NOT NULL, lease_until \(dialect.int64) NOT NULL,
            attempts \(dialect.int64) NOT NULL DEFAULT 0,
            created_at \(dialect.int64) NOT NULL, updated_at \(dialect.int64) NOT NULL,
            UNIQUE (caller, key),
            CHECK ((state = 'completed') = (step = 'done')), CHECK ((state = 'failed') = (step = 'failed'))
        ) \(dialect.strict);
        CREATE INDEX checkouts_running ON checkouts (lease_until) WHERE state = 'running';
        CREATE INDEX checkouts_age ON checkouts (updated_at);
        CREATE TABLE order_tasks (
            id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id),
            kind TEXT NOT NULL CHECK (kind IN ('cancel', 'refund')), refund_id TEXT NOT NULL,
            actor TEXT NOT NULL, traceparent TEXT NOT NULL, caller TEXT, key TEXT,
            lease_owner TEXT NOT NULL, lease_until \(dialect.int64) NOT NULL,
            attempts \(dialect.int64) NOT NULL DEFAULT 0, created_at \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        CREATE INDEX order_tasks_due ON order_tasks (lease_until);
        """
    }

    static let coupons = Migration("coupons_and_secrets") { dialect in
        """
        CREATE TABLE coupon_uses (
            code TEXT PRIMARY KEY NOT NULL, used \(dialect.int64) NOT NULL CHECK (used >= 0)
        ) \(dialect.strict);
        CREATE TABLE coupon_customer_uses (
            code TEXT NOT NULL, customer TEXT NOT NULL, used \(dialect.int64) NOT NULL CHECK (used >= 0),
            PRIMARY KEY (code, customer)
        ) \(dialect.strict);
        CREATE TABLE coupon_redemptions (
            code TEXT NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id),
            redeemed_at \(dialect.int64) NOT NULL, PRIMARY KEY (code, order_id)
        ) \(dialect.strict);
        CREATE TABLE order_secrets (
            name TEXT PRIMARY KEY NOT NULL, value \(dialect.blob) NOT NULL
        ) \(dialect.strict);
        """
    }

    /// Drops the customer's data from attempts: it is read from the cart again, or no longer needed.
    static let leanCheckouts = Migration("lean_checkouts") { _ in
        """
        ALTER TABLE checkouts DROP COLUMN cart;
        ALTER TABLE checkouts DROP COLUMN draft;
        ALTER TABLE checkouts DROP COLUMN error;
        """
    }

    /// Refused payments are counted by cart and by network (a digest) until their attempts expire.
    static let refusals = Migration("refused_payments") { _ in
        """
        ALTER TABLE checkouts ADD COLUMN network TEXT;
        ALTER TABLE checkouts ADD COLUMN refusal TEXT;
        CREATE INDEX checkouts_cart ON checkouts (cart_id, created_at) WHERE state <> 'completed';
        CREATE INDEX checkouts_network ON checkouts (network, created_at) WHERE state <> 'completed';
        """
    }

    /// A redemption names its owner, so that a cancellation can restore the use.
    static let couponOwners = Migration("coupon_owners") { dialect in
        """
        DROP TABLE coupon_redemptions;
        CREATE TABLE coupon_redemptions (
            code TEXT NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id), customer TEXT NOT NULL,
            redeemed_at \(dialect.int64) NOT NULL, PRIMARY KEY (order_id, code, customer)
        ) \(dialect.strict);
        """
    }
}
