"""Opens the operations page in Chromium: as a desktop, a phone and a narrow phone show it, bright and dark.

Usage: operations_page.py URL [SCREENSHOT_FOLDER]
Prints one line for every violation that axe finds, for every console error (the Content-Security-Policy's refusals among
them), for every request to another address, and for every window narrower than the page. Exit status 1 when there is
one.
"""
import pathlib
import sys
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

url = sys.argv[1]
screenshots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
origin = urllib.parse.urlsplit(url).netloc
faults = []
visited = 0

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for width, height in ((1280, 800), (390, 844), (320, 640)):
        for scheme in ("light", "dark"):
            where = f"{width} px, {scheme}"
            visited += 1
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            page.on("console", lambda message: message.type == "error"
                    and faults.append(f"console at {where}: {message.text}"))
            page.on("request", lambda request: urllib.parse.urlsplit(request.url).netloc != origin
                    and faults.append(f"at {where}: {request.url} was asked for"))
            if page.goto(url).status != 200:
                faults.append(f"{url} does not answer with 200")
            if page.evaluate("getComputedStyle(document.querySelector('main')).display") != "grid":
                faults.append(f"at {where}: the stylesheet is not used")
            for violation in Axe().run(page).response["violations"]:
                places = ", ".join(node["target"][0] for node in violation["nodes"][:3])
                faults.append(f"{where}: {violation['id']} ({violation['help']}) at {places}")
            overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overhang > 0:
                faults.append(f"{where}: {overhang} px wider than the window")
            if screenshots:
                page.screenshot(path=screenshots / f"operations-{width}-{scheme}.png", full_page=True)
            context.close()
    browser.close()
print("\n".join(faults) if faults else f"{visited} windows, no fault")
sys.exit(1 if faults else 0)
