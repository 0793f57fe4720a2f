-- One row for each order of one line that the shop has taken: order-rows.sql copies values from it, so that its rows are as
-- wide as real ones.
CREATE TABLE samples AS
SELECT row_number() OVER () AS number, 'cart:' AS caller_kind, 'system:order-service' AS actor,
    v.product_number, l.product_id, l.variant_id, l.product_handle, l.title, l.variant_title, l.sku,
    COALESCE(l.image_url, '') AS image_url, o.shipping_address AS address, o.shipping_option, o.subtotal,
    o.shipping_total, o.total, c.request_hash, c.traceparent, k.response, m.subject, m.rfc822,
    placed.details AS placed_details, paid.details AS payment_details,
    (SELECT max(details) FROM audit.audit_records WHERE action = 'stock.changed' AND subject = l.variant_id)
        AS stock_details,
    -- Published events leave the outbox: texts of the same length.
    left(k.response, 770) AS placed_event, rpad(paid.details, 210) AS payment_event,
    rpad(l.variant_id, 165) AS stock_event
FROM "order".orders o
JOIN "order".order_lines l ON l.order_id = o.id
JOIN "order".checkouts c ON c.order_id = o.id
JOIN "order".idempotency_keys k ON k.caller = c.caller AND k.key = c.key
JOIN product.variants v ON v.id = l.variant_id
JOIN notification.messages m ON m.order_id = o.id
JOIN audit.audit_records placed ON placed.subject = o.id AND placed.action = 'order.placed'
JOIN audit.audit_records paid ON paid.subject = o.id AND paid.action = 'payment.captured'
WHERE o.discount_total = 0 AND o.tax_total = 0
    AND NOT EXISTS (SELECT FROM "order".order_lines other WHERE other.order_id = o.id AND other.position > 0);
ALTER TABLE samples ADD PRIMARY KEY (number);
ANALYZE;
