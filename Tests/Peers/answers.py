"""Fills in forms of a running demo shop in Chromium, on a desktop and on a phone, with and without JavaScript.

Usage: answers.py BASE_URL [SCREENSHOT_FOLDER]
Prints one line for every answer that is not in view below the header, not focused, or not announced; and for every
choice of a filter after which the count of products and the first of them are not in view. Exit status 1 when there is
one.
"""
import itertools
import pathlib
import sys

from playwright.sync_api import sync_playwright

base = sys.argv[1]
screenshots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
address = {"email": "ada@example.com", "name": "Ada Park", "line1": "12 Mill Lane", "city": "Portland", "region": "OR",
           "postal_code": "97201", "country": "US"}
faults = []

# Whether an element is in view: its top for what is longer than the window.
SEEN = """element => {
    const box = element.getBoundingClientRect(), header = document.querySelector('header.site')
    const top = getComputedStyle(header).position === 'sticky' ? header.getBoundingClientRect().bottom : 0
    return box.top >= top - 1 && Math.min(box.bottom, box.top + 120) <= innerHeight + 1
}"""


class Visitor:
    def __init__(self, browser, width, height, script):
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        self.page = context.new_page()
        self.phone = width < 700
        self.script = script
        self.where = f"{width}{'' if script else '-without-script'}"

    def open(self, path):
        self.page.goto(base + path)

    def fill(self, values):
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]").first
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(self, form):
        self.page.locator(f'form[action="{form}"] [type=submit]:visible').last.click()

    def settle(self, name):
        self.page.wait_for_load_state()
        self.page.wait_for_timeout(500)  # Scrolling is smooth.
        if screenshots:
            self.page.screenshot(path=screenshots / f"{name}-{self.where}.png")

    def expect(self, name, text, announced=True):
        """The answer with this text."""
        self.settle(name)
        focused = self.page.locator("main :focus")
        if focused.count() != 1 or text not in focused.inner_text():
            return faults.append(f"{name} at {self.where}: “{text}” is not focused")
        if announced and focused.get_attribute("role") not in ("alert", "status"):
            faults.append(f"{name} at {self.where}: “{text}” is not announced")
        if not focused.evaluate(SEEN):
            faults.append(f"{name} at {self.where}: “{text}” is out of view")

    def narrow(self, name, choice):
        """Chooses a filter."""
        if self.phone:
            self.page.locator(".filters summary").click()
        self.page.locator(".filters").get_by_label(choice).click()
        if not self.script:
            self.page.locator(".filters [type=submit]").click()
        self.settle(name)
        for part in (".total", ".chosen", ".card .pic"):
            if not self.page.locator(f"#results {part}").first.evaluate(SEEN):
                faults.append(f"{name} at {self.where}: {part} is out of view")


def visit(visitor):
    visitor.open("/account/login")
    visitor.fill({"email": "nobody@example.com", "password": "not the password"})
    visitor.press("/account/login")
    visitor.expect("log-in", "is not right")
    visitor.open("/account/register")
    visitor.fill({"name": "Ada Park", "email": "ada", "password": "short"})
    visitor.press("/account/register")
    visitor.expect("register", "Please check")
    for handle in ("stoneware-mug", "linen-shirt", "cedar-pencils"):
        visitor.open(f"/products/{handle}")
        visitor.page.get_by_role("button", name="Add to cart").click()
        visitor.expect("added", "is in your cart")
    for code, answer in (("NOPE", "oupon"), ("WELCOME10", "is applied")):
        visitor.fill({"code": code})
        visitor.press("/cart/coupons")
        visitor.expect(f"coupon-{code}", answer)
    for quantity, answer in (("2", "is now 2"), ("999", "left")):
        field = visitor.page.locator("main [name=quantity]").last
        field.fill(quantity)
        field.press("Enter")
        visitor.expect(f"quantity-{quantity}", answer)
    visitor.open("/checkout")
    visitor.fill({**address, "email": "nonsense", "city": ""})
    visitor.press("/checkout")
    visitor.expect("address", "Please check")
    visitor.fill(address)
    visitor.press("/checkout")
    visitor.expect("delivery", "3. Delivery", announced=False)
    visitor.page.locator("[name=payment_token][value=tok_declined]").check()
    visitor.press("/checkout/place")
    visitor.expect("declined", "declined this payment")
    visitor.page.locator("[name=payment_token][value=tok_success]").check()
    visitor.press("/checkout/place")
    visitor.expect("thank-you", "Thank you for your order", announced=False)
    visitor.page.get_by_text("Cancel this order").click()
    visitor.page.get_by_role("button", name="Yes, cancel it").click()
    visitor.expect("cancelled", "The order is cancelled")
    visitor.open("/no-such-page")
    visitor.expect("not-found", "Page not found", announced=False)
    visitor.open("/categories/kitchen")
    visitor.narrow("filter", "In stock only")
    visitor.page.locator(".chosen a").first.click()
    visitor.settle("unfiltered")
    if visitor.page.locator(".chosen").count() or not visitor.page.locator("#results .total").evaluate(SEEN):
        faults.append(f"unfiltered at {visitor.where}: the filter is still there, or the result out of view")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for (width, height), script in itertools.product([(1280, 800), (390, 844)], [True, False]):
        visit(Visitor(browser, width, height, script))
    browser.close()
print("\n".join(faults) if faults else "no fault")
sys.exit(1 if faults else 0)
