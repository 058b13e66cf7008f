// What scripts add to pages that work without them. Each part looks for its marks and does nothing where there are none.
import { light } from "./light.js";
import { slide } from "./slide.js";

light(document);
slide(document);
