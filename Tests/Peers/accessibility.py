"""Opens pages of a running shop in Chromium, as wide as a desktop and as narrow as a phone, and asks axe about each.

Usage: accessibility.py BASE_URL [SCREENSHOT_FOLDER]
Prints one line for every violation that axe calls serious or critical, for every console error (the
Content-Security-Policy's refusals among them), and for every page wider than its window. Exit status 1 when there is
one.
"""
import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

base = sys.argv[1]
screenshots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
address = {"email": "ada@example.com", "name": "Ada Park", "line1": "12 Mill Lane", "city": "Portland", "region": "OR",
           "postal_code": "97201", "country": "US"}
faults = []
visited = 0


def look(page, name, width):
    global visited
    visited += 1
    where = f"{name} at {width} px"
    for violation in Axe().run(page).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            places = ", ".join(node["target"][0] for node in violation["nodes"][:3])
            faults.append(f"{where}: {violation['id']} ({violation['help']}) at {places}")
    overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overhang > 0:
        faults.append(f"{where}: {overhang} px wider than the window")
    if screenshots:
        page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)


def visit(browser, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    # A page that answers 4xx is a console error of its own.
    page.on("console", lambda message: message.type == "error" and "status of 4" not in message.text
            and faults.append(f"console at {width} px on {page.url}: {message.text}"))

    def open_page(path, name):
        page.goto(base + path)
        look(page, name, width)

    def fill(values):
        for name, value in values.items():
            field = page.locator(f"main [name={name}]").first
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def press(form):
        page.locator(f'form[action="{form}"] [type=submit]:visible').last.click()

    def press_button(name):
        page.get_by_role("button", name=name).click()

    open_page("/", "home")
    open_page("/categories/kitchen", "category")
    open_page("/categories/kitchen?vendor=Magpie%20Forge&tag=enamel&available=true", "category-filtered")
    open_page("/search?q=mug", "search")
    open_page("/search?q=xyzzy", "search-without-results")
    open_page("/cart", "cart-empty")
    open_page("/checkout", "checkout-empty")
    open_page("/no-such-page", "not-found")
    open_page("/products/stoneware-mug", "product")
    open_page("/products/stoneware-mug?o0=Clay&o1=12%20oz", "product-with-options")
    press("/cart/lines")
    look(page, "cart", width)
    fill({"code": "NOPE"})
    press("/cart/coupons")
    look(page, "cart-with-error", width)
    open_page("/checkout", "checkout")
    fill({"email": "not an address"})
    press("/checkout")
    look(page, "checkout-with-errors", width)
    fill(address)
    press("/checkout")
    look(page, "checkout-payment", width)
    page.locator("[name=payment_token][value=tok_declined]").check()
    press("/checkout/place")
    look(page, "checkout-declined", width)
    page.locator("[name=payment_token][value=tok_success]").check()
    press("/checkout/place")
    look(page, "thank-you", width)
    thanks = page.url
    page.goto(thanks.removesuffix("/thank-you"))
    look(page, "order-of-guest", width)
    page.goto(thanks)
    page.get_by_text("Cancel this order").click()
    look(page, "thank-you-cancel", width)
    press_button("Yes, cancel it")
    look(page, "thank-you-cancelled", width)
    open_page("/account/login", "log-in")
    fill({"email": "nobody@example.com", "password": "not the password"})
    press("/account/login")
    look(page, "log-in-with-errors", width)
    open_page("/account/register", "register")
    fill({"name": "Ada Park", "email": "ada", "password": "short"})
    press("/account/register")
    look(page, "register-with-errors", width)
    fill({"name": "Ada Park", "email": f"ada-{width}@example.com", "password": "correct horse battery"})
    press("/account/register")
    look(page, "account-without-orders", width)
    for handle in ("cedar-pencils", "round-mirror", "linen-shirt"):
        page.goto(f"{base}/products/{handle}")
        press("/cart/lines")
    page.goto(f"{base}/checkout")
    fill(address)
    press("/checkout")
    press("/checkout/place")
    open_page("/account", "account")
    page.locator(".orders a").first.click()
    look(page, "order", width)
    context.close()


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    visit(browser, 1280, 900)
    visit(browser, 390, 844)
    browser.close()
print("\n".join(faults) if faults else f"{visited} pages, no fault")
sys.exit(1 if faults else 0)
