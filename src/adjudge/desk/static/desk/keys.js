// Keys for those who work here all day. They do nothing while something is typed, and none is needed.

const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=range]), select, textarea, [contenteditable]";

/** Follow links and press buttons by keys that they bear; `?` shows which there are. */
export function keys(root) {
  const sheet = root.getElementById("keys");
  // Sought when a key is pressed: parts of the page may have been exchanged.
  const bearing = (name) => [...root.querySelectorAll("[data-key]")].findLast((item) => item.dataset.key === name);
  let waitsForSecond = false;
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) {
      waitsForSecond = false;
      return;
    }
    if (event.key === "?" && sheet) {
      sheet.showModal();
      event.preventDefault();
      return;
    }
    const name = waitsForSecond ? `g ${event.key}` : event.key;
    waitsForSecond = event.key === "g" && !waitsForSecond;
    const item = bearing(name);
    if (item) {
      event.preventDefault();
      item.click();
      return;
    }
    if (!waitsForSecond && (event.key === "j" || event.key === "k")) {
      step(root, event.key === "j" ? 1 : -1);
    }
  });
}

/** Move the focus along the items of the page's list. */
function step(root, by) {
  const items = [...root.querySelectorAll("[data-item]")];
  if (!items.length) {
    return;
  }
  const at = items.findIndex((item) => item.contains(root.activeElement));
  const next = items[Math.min(items.length - 1, Math.max(0, at + by))] ?? items[0];
  (next.matches("a, button, summary") ? next : next.querySelector("a, button, summary"))?.focus();
}
