"""Pictures of pages."""
import sys, os
sys.path.insert(0, "/work/main")
from pathlib import Path
import pytest
from tests.sites import founded
from tests.browser.test_desk import PAGES, opened, unfold, browser, served
NAMES = os.environ.get("SHOTS", "").split(",")
LOOK = [("en","light",1280),("fr","dark",390),("fr","light",1280),("en","dark",390)]
@pytest.mark.browser
def test_shots(browser, served):
    for name in NAMES:
        for i in os.environ.get("LOOKS","0,1").split(","):
            look = LOOK[int(i)]
            who, address = PAGES[name]
            context = opened(browser, served, who, look)
            page = context.new_page()
            page.goto(address.format(**served.names))
            if os.environ.get("UNFOLD"): unfold(page)
            page.screenshot(path=f"/tmp/shots/{name.replace(' ','-')}-{look[0]}-{look[2]}.png", full_page=True)
            context.close()
