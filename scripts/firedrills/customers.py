"""Customers of the shop, for alerts that need traffic."""
import itertools
import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid

ADDRESS = {
    "name": "Ada Park", "line1": "12 Mill Lane", "city": "Portland", "region": "OR", "postal_code": "97201",
    "country": "US"}
PASSWORD = "a-password-of-a-drill"


class Customers:
    """Threads that go through the journeys, `rate` times a second altogether, until they are stopped.

    A response of any status is a response: what it means is the alerts' business.
    """

    def __init__(self, gateway, storefront, rate, journeys, token="tok_success", threads=24):
        self.gateway, self.storefront, self.journeys, self.token = gateway, storefront, journeys, token
        self.pause, self.turn = 1 / rate, itertools.count()
        self.started, self.stopping = time.monotonic(), threading.Event()
        self.products, self.email = [], f"{uuid.uuid4().hex}@example.com"
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(threads)]

    def start(self):
        self.products = [
            product for product in json.loads(self.ask(self.gateway, "GET", "/api/v1/products?limit=50")[1])["items"]
            if any(variant["available"] for variant in product["variants"])]
        if "sign-in" in self.journeys:
            self.ask(self.gateway, "POST", "/api/v1/auth/register",
                     {"email": self.email, "password": PASSWORD, "name": "Ada Park"})
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        self.stopping.set()

    def work(self):
        while not self.stopping.is_set():
            turn = next(self.turn)
            # An open model: who is late does not wait further.
            if self.stopping.wait(max(0, self.started + turn * self.pause - time.monotonic())):
                return
            for journey in self.journeys:
                try:
                    getattr(self, journey.replace("-", "_"))()
                except (OSError, ValueError, KeyError, IndexError):
                    continue

    def ask(self, server, method, path, body=None, **headers):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            server + path, data, {"Content-Type": "application/json", **headers}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    # The journeys.

    def browse(self):
        handle = random.choice(self.products)["handle"]
        self.ask(self.storefront, "GET", "/")
        self.ask(self.storefront, "GET", f"/products/{handle}")

    def search(self):
        word = random.choice(self.products)["handle"].split("-")[0]
        # Distinct questions, so that no cache answers them.
        self.ask(self.gateway, "GET", f"/api/v1/products?limit={random.randint(1, 90)}&q={word}")

    def fill(self):
        product = random.choice(self.products)
        variant = next(variant["id"] for variant in product["variants"] if variant["available"])
        cart = json.loads(self.ask(self.gateway, "POST", "/api/v1/carts", {})[1])["id"]
        self.ask(self.gateway, "POST", f"/api/v1/carts/{cart}/lines", {"variant_id": variant, "quantity": 1})
        return cart

    def cart(self):
        self.fill()

    def checkout(self):
        cart = self.fill()
        path = f"/api/v1/carts/{cart}"
        self.ask(self.gateway, "PATCH", path, {"email": "guest@example.com", "shipping_address": ADDRESS})
        options = json.loads(self.ask(self.gateway, "GET", path + "/shipping-options")[1]).get("items")
        if options:
            self.ask(self.gateway, "PATCH", path, {"shipping_option_id": options[0]["id"]})
        self.ask(self.gateway, "POST", path + "/checkout", {"payment": {"provider": "test", "token": self.token}},
                 **{"Idempotency-Key": cart})

    def register(self):
        self.ask(self.gateway, "POST", "/api/v1/auth/register",
                 {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD, "name": "Ada Park"})

    def sign_in(self):
        self.ask(self.gateway, "POST", "/api/v1/auth/login", {"email": self.email, "password": PASSWORD})
