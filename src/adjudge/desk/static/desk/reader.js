// A passage that is selected in a document goes into the form of a claim.

const LONGEST = 2000;

/** The words selected within a text, without the numbers that stand in it; empty where the selection lies elsewhere. */
function selected(text) {
  const selection = text.ownerDocument.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) {
    return "";
  }
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) {
    return "";
  }
  const copy = range.cloneContents();
  for (const item of copy.querySelectorAll("[data-no-quote]")) {
    item.remove();
  }
  return copy.textContent.replace(/\s+/gu, " ").trim().slice(0, LONGEST);
}

/** Offer a claim of the passage that is selected. Text and button are sought anew: they may have been exchanged. */
function quoting(root) {
  const text = () => root.querySelector("[data-passages]");
  const act = () => root.querySelector("[data-passage-act]");
  let passage = "";
  root.addEventListener("selectionchange", () => {
    const button = act();
    if (button && text()) {
      passage = selected(text()) || (button.contains(root.activeElement) ? passage : "");
      button.hidden = !passage;
    }
  });
  // Pressing the button must not undo the selection before it is read.
  root.addEventListener("pointerdown", (event) => {
    if (act()?.contains(event.target)) {
      event.preventDefault();
    }
  });
  root.addEventListener("click", (event) => {
    const field = act()?.contains(event.target) ? root.getElementById(text().dataset.passages) : null;
    if (!field || !passage) {
      return;
    }
    field.value = passage;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.scrollIntoView({ block: "center" });
    root.getElementById("claim-fact")?.focus({ preventScroll: true });
  });
}

/** As soon as a fact or a policy is chosen, the fields that it has are asked for. */
function choosing(root) {
  root.addEventListener("change", (event) => {
    const { form, name, value } = event.target;
    if (["fact", "policy"].includes(name) && value) {
      form?.querySelector("[data-choose]")?.click();
    }
  });
}

/** The evidence reader. */
export function reader(root) {
  quoting(root);
  choosing(root);
}
