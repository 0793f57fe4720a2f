"""Drives the product page of a running demo shop in Chromium, with JavaScript, over a network that is slow or fails.

Usage: script.py BASE_URL
Prints one line for everything that went wrong. Exit status 1 when there is one.
"""
import sys

from playwright.sync_api import sync_playwright

base = sys.argv[1]
mug = f"{base}/products/stoneware-mug"
faults = []


def expect(condition, fault):
    if not condition:
        faults.append(fault)


def choose(page, value):
    page.get_by_role("radio", name=value, exact=True).check(force=True)


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

    page = browser.new_page()
    page.goto(mug)
    page.fill("#quantity", "2")
    page.press("#quantity", "Enter")
    page.wait_for_load_state()
    expect(page.url == f"{base}/cart", f"Enter in the quantity field leads to {page.url}")

    page = browser.new_page()
    page.goto(mug)
    held = []
    page.route("**/products/stoneware-mug?*Oat*", lambda route: held.append(route))
    choose(page, "Oat")
    choose(page, "Ink")
    page.locator(".option legend span", has_text="Ink").wait_for()
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    shown = page.locator(".option legend span").first.text_content()
    expect(len(held) == 1, f"{len(held)} requests for the first choice")
    expect(shown == "Ink", f"the late answer for Oat replaced Ink: {shown}")
    expect("Ink" in page.url, f"the address says {page.url}")

    page = browser.new_page()
    page.goto(mug)
    failed = []

    def fail_once(route):
        if failed:
            return route.continue_()
        failed.append(route)
        route.abort()

    page.route("**/products/stoneware-mug?*", fail_once)
    choose(page, "Moss")
    page.wait_for_url("**Moss**", timeout=5000)
    shown = page.locator(".option legend span").first.text_content()
    expect(shown == "Moss", f"after a failed request the page still shows {shown}")

    page = browser.new_page()
    page.goto(mug)
    page.press("#quantity", "Enter")
    page.wait_for_load_state()
    page.goto(f"{base}/checkout")
    page.fill("#postal_code", "M5V 3L9")
    page.fill("#line1", "1 Front St")
    page.select_option("#country", "GB")
    page.locator("input#region").wait_for(timeout=5000)
    kept = page.input_value("#postal_code"), page.input_value("#line1")
    expect(kept == ("M5V 3L9", "1 Front St"), f"another country left {kept}")
    expect(page.evaluate("document.activeElement.id") == "country", "another country moved the focus")
    page.select_option("#country", "US")
    page.locator("select#region").wait_for(timeout=5000)
    page.select_option("#region", "CA")

    browser.close()
print("\n".join(faults) if faults else "no fault")
sys.exit(1 if faults else 0)
