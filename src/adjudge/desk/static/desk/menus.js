// A menu that is open closes by Escape, which leads back to its word, and when something else is pointed at.

/** Close menus as people expect it; opening and closing by their words needs no script. */
export function menus(root) {
  const open = () => [...root.querySelectorAll("details[data-menu][open]")];
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    for (const menu of open()) {
      menu.open = false;
      if (menu.contains(root.activeElement)) {
        menu.querySelector("summary").focus();
      }
    }
  });
  root.addEventListener("pointerdown", (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  });
}
