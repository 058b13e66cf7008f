// Pointing at a clause lights the evidence that speaks at it, and pointing at evidence its clauses.

const LIT = "lit";

/** Whose place this is, and which other places it points to or is pointed at from. */
function partners(place) {
  const found = new Set();
  for (const link of place.querySelectorAll(":scope [data-lights]")) {
    if (link.closest("[data-clause], [data-claim]") === place) {
      found.add(link.dataset.lights);
    }
  }
  return found;
}

/** Light what belongs together while a place is pointed at or holds the focus. */
export function light(root) {
  const places = [...root.querySelectorAll("[data-clause], [data-claim]")];
  if (!places.length) {
    return;
  }
  const together = new Map(places.map((place) => [place.id, partners(place)]));
  const set = (place, on) => {
    for (const id of together.get(place.id) ?? []) {
      document.getElementById(id)?.classList.toggle(LIT, on);
    }
    place.classList.toggle(LIT, on && together.get(place.id).size > 0);
  };
  let shown = null;
  const show = (place) => {
    if (place === shown) {
      return;
    }
    if (shown) {
      set(shown, false);
    }
    shown = place;
    if (shown) {
      set(shown, true);
    }
  };
  const nearest = (target) => target.closest?.("[data-clause], [data-claim]") ?? null;
  root.addEventListener("pointerover", (event) => show(nearest(event.target)));
  root.addEventListener("focusin", (event) => show(nearest(event.target)));
}
