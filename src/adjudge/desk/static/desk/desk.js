// What scripts add to pages that work without them. Each part looks for its marks and does nothing where there are none.
import { keep } from "./keep.js";
import { keys } from "./keys.js";
import { light } from "./light.js";
import { menus } from "./menus.js";
import { reader } from "./reader.js";
import { slide } from "./slide.js";

for (const part of [menus, keep, keys, light, slide, reader]) {
  part(document);
}
