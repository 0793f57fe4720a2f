// The journey of a guest, for k6: browse, search, look at a product, fill a cart, check out.
//
// MODE=journey   journeys arrive at a fixed RATE a second (an open model: waiting shows as latency)
// MODE=orders    BUYERS buyers one order after the other, as fast as possible
import http from "k6/http";
import { check } from "k6";
import { Counter, Trend } from "k6/metrics";

const api = __ENV.SHOP + "/api/v1";
const seconds = __ENV.SECONDS + "s";
const orders = new Counter("orders");
const checkout = new Trend("checkout_time", true);
const whole = new Trend("journey_time", true);

const journey = {
    executor: "constant-arrival-rate", rate: Number(__ENV.RATE || 1), timeUnit: "1s", duration: seconds,
    preAllocatedVUs: 32, maxVUs: 128, exec: "browseAndBuy",
};
const buyers = { executor: "constant-vus", vus: Number(__ENV.BUYERS || 1), duration: seconds, exec: "order" };
export const options = {
    scenarios: __ENV.MODE === "journey" ? { journey } : { buyers },
    thresholds: { checks: ["rate==1"], dropped_iterations: ["count==0"] },
    summaryTrendStats: ["med", "p(95)", "p(99)", "max"],
};

const json = { headers: { "Content-Type": "application/json" } };
const address = {
    name: "Ada Park", line1: "12 Mill Lane", city: "Portland", region: "OR", postal_code: "97201", country: "US",
};

export function setup() {
    const products = http.get(api + "/products?limit=100").json("items");
    return products.map((product) => ({
        handle: product.handle,
        variants: product.variants.filter((variant) => variant.available).map((variant) => variant.id),
    })).filter((product) => product.variants.length > 0);
}

function send(method, path, body, name, headers) {
    const parameters = { headers: Object.assign({}, json.headers, headers), tags: { name } };
    return http.request(method, api + path, body === undefined ? null : JSON.stringify(body), parameters);
}

function fillAndPay(products, lines) {
    const cart = send("POST", "/carts", {}, "create cart").json("id");
    for (let line = 0; line < lines; line += 1) {
        const product = products[Math.floor(Math.random() * products.length)];
        const added = send("POST", `/carts/${cart}/lines`, { variant_id: product.variants[0], quantity: 1 }, "add line");
        check(added, { "line added": (answer) => answer.status === 201 });
    }
    send("PATCH", `/carts/${cart}`, { email: "guest@example.com", shipping_address: address }, "address");
    const option = send("GET", `/carts/${cart}/shipping-options`, undefined, "shipping options").json("items.0.id");
    send("PATCH", `/carts/${cart}`, { shipping_option_id: option }, "shipping option");
    const payment = { payment: { provider: "test", token: "tok_success" } };
    const order = send("POST", `/carts/${cart}/checkout`, payment, "checkout", { "Idempotency-Key": cart });
    check(order, { "order placed": (answer) => answer.status === 201 });
    checkout.add(order.timings.duration);
    if (order.status === 201) orders.add(1);
}

export function order(products) { fillAndPay(products, 1); }

export function browseAndBuy(products) {
    const start = Date.now();
    const product = products[Math.floor(Math.random() * products.length)];
    send("GET", "/categories", undefined, "categories");
    send("GET", "/products?limit=20", undefined, "list");
    send("GET", "/products?q=" + encodeURIComponent(product.handle.split("-")[0]), undefined, "search");
    const seen = send("GET", "/products/" + product.handle, undefined, "product");
    check(seen, { "product seen": (answer) => answer.status === 200 });
    fillAndPay(products, 2);
    whole.add(Date.now() - start);
}
