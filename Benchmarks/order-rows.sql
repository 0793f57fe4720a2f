-- What one order of one line, paid and confirmed, writes into PostgreSQL, for pgbench: the same rows in the same
-- transactions, each of which waits for the one before. Reads, advisory locks and the row of an outbox relay are left
-- out. Benchmarks/run counts the rows of a real order and refuses this script when they differ.

-- Not part of the order: values that the shop has already. pgbench reads a name after a colon as a variable, even in a
-- string.
\set number random(1, :samples)
SELECT samples.*, time, time + 30000 AS lease, time + 3600000 AS expiry, to_char(now(), 'YYYY-MM-DD') AS day,
    'ord_' || token AS order_id, 'cart_' || token AS cart_id, caller_kind || 'cart_' || token AS caller,
    'line_' || token AS line_id, 'test_ord_' || token AS reference,
    'evt_1' || left(token, 25) AS placed_id, 'evt_2' || left(token, 25) AS authorized_id,
    'evt_3' || left(token, 25) AS captured_id, 'evt_4' || left(token, 25) AS stock_id,
    md5('1' || token) || md5('2' || token) AS placed_hash, md5('3' || token) || md5('4' || token) AS authorized_hash,
    md5('5' || token) || md5('6' || token) AS captured_hash, md5('7' || token) || md5('8' || token) AS stock_hash
FROM samples,
    (SELECT time, lpad(to_hex(time), 12, '0') || left(md5(random()::text), 14) AS token
     FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS time) AS clock) AS fresh
WHERE samples.number = :number \gset

-- order-service takes the checkout on and prices it.
BEGIN;
INSERT INTO "order".checkouts (order_id, caller, key, request_hash, cart_id, network, principal, traceparent, provider,
    step, state, lease_owner, lease_until, created_at, updated_at)
VALUES (:order_id, :caller, :cart_id, :request_hash, :cart_id, '0123456789abcdef', 'anonymous', :traceparent, 'test',
    'started', 'running', 'pgbench', :lease, :time, :time)
ON CONFLICT (caller, key) DO NOTHING;
COMMIT;
BEGIN;
UPDATE "order".checkouts SET step = 'priced', free = 0, lease_until = :lease, updated_at = :time
WHERE order_id = :order_id AND lease_owner = 'pgbench' AND state = 'running';
COMMIT;

-- product-service takes the stock aside.
BEGIN;
UPDATE product.products SET version = version + 1, updated_at = :time WHERE number = :product_number RETURNING id;
UPDATE product.stock SET reserved = reserved + 1 WHERE variant_id = :variant_id AND on_hand - reserved >= 1
RETURNING tracked;
INSERT INTO product.reservations (order_id, variant_id, quantity, taken, state, expires_at)
VALUES (:order_id, :variant_id, 1, 1, 'held', :expiry);
COMMIT;

BEGIN;
UPDATE "order".checkouts SET step = 'authorising', lease_until = :lease, updated_at = :time
WHERE order_id = :order_id AND lease_owner = 'pgbench' AND state = 'running';
COMMIT;

-- The provider of test payments authorises.
BEGIN;
INSERT INTO test_payments.test_payments (key, order_id, state, amount, currency, created_at)
VALUES (:order_id, :order_id, 'authorised', :total, 'USD', :time)
ON CONFLICT (key) DO NOTHING;
COMMIT;

-- The order is there.
BEGIN;
UPDATE "order".checkouts SET step = 'confirmed', lease_until = :lease, updated_at = :time
WHERE order_id = :order_id AND lease_owner = 'pgbench' AND state = 'running';
INSERT INTO "order".orders (id, cart_id, status, payment_status, customer_id, email, currency, coupons,
    shipping_address, billing_address, shipping_option, subtotal, discount_total, shipping_total, tax_total, total,
    payment_provider, payment_reference, placed_at, updated_at)
VALUES (:order_id, :cart_id, 'confirmed', 'authorized', NULL, 'guest@example.com', 'USD', '[]', :address, :address,
    :shipping_option, :subtotal, 0, :shipping_total, 0, :total, 'test', :reference, :time, :time)
ON CONFLICT (cart_id) DO NOTHING RETURNING serial;
INSERT INTO "order".order_lines (order_id, position, id, variant_id, product_id, product_handle, title, variant_title,
    sku, image_url, quantity, unit_price, adjustments, total)
VALUES (:order_id, 0, :line_id, :variant_id, :product_id, :product_handle, :title, :variant_title, :sku, :image_url,
    1, :subtotal, '[]', :subtotal);
INSERT INTO "order".idempotency_keys (caller, key, request_hash, response, created_at)
VALUES (:caller, :cart_id, :request_hash, :response, :time);
INSERT INTO "order".outbox (id, type, source, topic, key, time, traceparent, data)
VALUES (:placed_id, 'magpie.events.v1.OrderPlaced', 'order-service', 'magpie.orders', :order_id, :time, :traceparent,
    :placed_event);
INSERT INTO "order".outbox (id, type, source, topic, key, time, traceparent, data)
VALUES (:authorized_id, 'magpie.events.v1.PaymentChanged', 'order-service', 'magpie.orders', :order_id, :time,
    :traceparent, :payment_event);
COMMIT;

-- product-service gives the stock away.
BEGIN;
UPDATE product.reservations SET state = 'committed' WHERE order_id = :order_id AND state = 'held'
RETURNING variant_id, quantity, taken;
UPDATE product.products SET version = version + 1, updated_at = :time WHERE number = :product_number RETURNING id;
UPDATE product.stock SET on_hand = on_hand - 1, reserved = reserved - 1 WHERE variant_id = :variant_id;
INSERT INTO product.stock_movements (variant_id, kind, quantity, reason, order_id, actor, occurred_at)
VALUES (:variant_id, 'sale', -1, '', :order_id, :actor, :time);
INSERT INTO product.outbox (id, type, source, topic, key, time, traceparent, data)
VALUES (:stock_id, 'magpie.events.v1.StockChanged', 'product-service', 'magpie.catalogue', :product_id, :time,
    :traceparent, :stock_event);
COMMIT;

-- The payment is captured, and the checkout over.
BEGIN;
UPDATE test_payments.test_payments SET state = 'captured', captured = amount WHERE key = :order_id;
COMMIT;
BEGIN;
UPDATE "order".checkouts SET step = 'captured', lease_until = :lease, updated_at = :time
WHERE order_id = :order_id AND lease_owner = 'pgbench' AND state = 'running';
UPDATE "order".orders SET payment_status = 'captured', captured = total, updated_at = :time
WHERE id = :order_id AND payment_status = 'authorized';
UPDATE "order".idempotency_keys SET response = :response WHERE caller = :caller AND key = :cart_id;
INSERT INTO "order".outbox (id, type, source, topic, key, time, traceparent, data)
VALUES (:captured_id, 'magpie.events.v1.PaymentChanged', 'order-service', 'magpie.orders', :order_id, :time,
    :traceparent, :payment_event);
COMMIT;
BEGIN;
UPDATE "order".checkouts SET step = 'done', state = 'completed', network = NULL, updated_at = :time
WHERE order_id = :order_id AND lease_owner = 'pgbench' AND state = 'running';
COMMIT;

-- The relays have published the events.
BEGIN;
DELETE FROM "order".outbox WHERE id IN (:placed_id, :authorized_id, :captured_id);
COMMIT;
BEGIN;
DELETE FROM product.outbox WHERE id = :stock_id;
COMMIT;

-- notification-service writes the mail, takes it and has sent it.
BEGIN;
INSERT INTO notification.inbox (consumer, event_id) VALUES ('notification-service', :placed_id)
ON CONFLICT (consumer, event_id) DO NOTHING;
INSERT INTO notification.messages (event_id, order_id, kind, recipient, subject, rfc822, state, due_at, created_at)
VALUES (:placed_id, :order_id, 'order_placed', 'guest@example.com', :subject, :rfc822, 'queued', :time, :time)
ON CONFLICT (event_id) DO NOTHING;
COMMIT;
BEGIN;
UPDATE notification.messages SET attempts = attempts + 1, due_at = :expiry
WHERE event_id = :placed_id AND state = 'queued';
COMMIT;
BEGIN;
UPDATE notification.messages SET state = 'sent', sent_at = :time WHERE event_id = :placed_id AND state = 'queued';
COMMIT;

-- analytics-service counts the sale.
BEGIN;
INSERT INTO analytics.inbox (consumer, event_id) VALUES ('analytics-service', :placed_id)
ON CONFLICT (consumer, event_id) DO NOTHING;
INSERT INTO analytics.placed_orders (order_id, cart_id, day, total, given_back)
VALUES (:order_id, :cart_id, :day, :total, 0);
INSERT INTO analytics.revenue_days (day, currency, orders, gross, refunded) VALUES (:day, 'USD', 1, :total, 0)
ON CONFLICT (day, currency) DO UPDATE SET orders = revenue_days.orders + excluded.orders,
    gross = revenue_days.gross + excluded.gross, refunded = revenue_days.refunded + excluded.refunded;
INSERT INTO analytics.product_days (day, product_id, currency, quantity, revenue)
VALUES (:day, :product_id, 'USD', 1, :subtotal)
ON CONFLICT (day, product_id, currency) DO UPDATE SET quantity = product_days.quantity + excluded.quantity,
    revenue = product_days.revenue + excluded.revenue;
INSERT INTO analytics.product_titles (product_id, title, sold_at) VALUES (:product_id, :title, :time)
ON CONFLICT (product_id) DO UPDATE SET title = excluded.title, sold_at = excluded.sold_at
WHERE excluded.sold_at >= product_titles.sold_at;
COMMIT;

-- audit-service adds four records to its chain.
BEGIN;
INSERT INTO audit.inbox (consumer, event_id) VALUES ('audit-service', :placed_id)
ON CONFLICT (consumer, event_id) DO NOTHING;
SELECT records + 1 AS sequence, last_hash FROM audit.audit_head WHERE id = 1 FOR UPDATE \gset
INSERT INTO audit.audit_records (sequence, event_id, action, actor, subject, occurred_at, details, previous_hash, hash)
VALUES (:sequence, :placed_id, 'order.placed', 'anonymous', :order_id, :time, :placed_details, :last_hash,
    :placed_hash);
UPDATE audit.audit_head SET records = :sequence, last_hash = :placed_hash WHERE id = 1 AND records + 1 = :sequence;
COMMIT;
BEGIN;
INSERT INTO audit.inbox (consumer, event_id) VALUES ('audit-service', :authorized_id)
ON CONFLICT (consumer, event_id) DO NOTHING;
SELECT records + 1 AS sequence, last_hash FROM audit.audit_head WHERE id = 1 FOR UPDATE \gset
INSERT INTO audit.audit_records (sequence, event_id, action, actor, subject, occurred_at, details, previous_hash, hash)
VALUES (:sequence, :authorized_id, 'payment.authorized', 'anonymous', :order_id, :time, :payment_details, :last_hash,
    :authorized_hash);
UPDATE audit.audit_head SET records = :sequence, last_hash = :authorized_hash WHERE id = 1 AND records + 1 = :sequence;
COMMIT;
BEGIN;
INSERT INTO audit.inbox (consumer, event_id) VALUES ('audit-service', :captured_id)
ON CONFLICT (consumer, event_id) DO NOTHING;
SELECT records + 1 AS sequence, last_hash FROM audit.audit_head WHERE id = 1 FOR UPDATE \gset
INSERT INTO audit.audit_records (sequence, event_id, action, actor, subject, occurred_at, details, previous_hash, hash)
VALUES (:sequence, :captured_id, 'payment.captured', 'anonymous', :order_id, :time, :payment_details, :last_hash,
    :captured_hash);
UPDATE audit.audit_head SET records = :sequence, last_hash = :captured_hash WHERE id = 1 AND records + 1 = :sequence;
COMMIT;
BEGIN;
INSERT INTO audit.inbox (consumer, event_id) VALUES ('audit-service', :stock_id)
ON CONFLICT (consumer, event_id) DO NOTHING;
SELECT records + 1 AS sequence, last_hash FROM audit.audit_head WHERE id = 1 FOR UPDATE \gset
INSERT INTO audit.audit_records (sequence, event_id, action, actor, subject, occurred_at, details, previous_hash, hash)
VALUES (:sequence, :stock_id, 'stock.changed', :actor, :variant_id, :time, :stock_details, :last_hash,
    :stock_hash);
UPDATE audit.audit_head SET records = :sequence, last_hash = :stock_hash WHERE id = 1 AND records + 1 = :sequence;
COMMIT;
