// Pointing at a clause lights the evidence that speaks at it, and pointing at evidence its clauses.

const LIT = "lit";
const PLACE = "[data-clause], [data-claim]";

/** Which other places one points to. */
function partners(place) {
  const own = [...place.querySelectorAll("[data-lights]")].filter((link) => link.closest(PLACE) === place);
  const found = own.map((link) => place.ownerDocument.getElementById(link.dataset.lights));
  return found.filter(Boolean);
}

/** Light what belongs together while a place is pointed at or holds the focus. */
export function light(root) {
  let shown = null;
  const show = (place) => {
    if (place === shown) {
      return;
    }
    for (const item of root.querySelectorAll(`.${LIT}`)) {
      item.classList.remove(LIT);
    }
    shown = place;
    const together = place ? partners(place) : [];
    for (const item of together.length ? [place, ...together] : []) {
      item.classList.add(LIT);
    }
  };
  const nearest = (target) => target.closest?.(PLACE) ?? null;
  // A page that scrolls beneath a pointer at rest is not pointed at: the light of the keyboard stays.
  let rests = "";
  const at = (event) => `${event.clientX} ${event.clientY}`;
  root.addEventListener("pointermove", (event) => { rests = at(event); }, { passive: true });
  root.addEventListener("pointerover", (event) => {
    if (at(event) !== rests) {
      show(nearest(event.target));
    }
  });
  root.addEventListener("focusin", (event) => show(nearest(event.target)));
}
