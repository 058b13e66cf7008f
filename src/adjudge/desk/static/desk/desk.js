// What scripts add to pages that work without them. Each looks for its marks and does nothing where there are none.
import { exchange } from "./exchange.js";
import { fits } from "./fits.js";
import { keep, putBack } from "./keep.js";
import { keys } from "./keys.js";
import { light } from "./light.js";
import { menus } from "./menus.js";
import { once } from "./once.js";
import { reader } from "./reader.js";
import { slide } from "./slide.js";

/** What is done with each part of a page that comes in, the whole page first. */
function fresh(part) {
  putBack(part);
  slide(part);
}

for (const follow of [fits, once, menus, keep, keys, light, reader]) {
  follow(document);
}
exchange(document, fresh);
fresh(document);
