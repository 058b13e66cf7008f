// A passage that is selected in a document goes into the form; the form is exchanged in place where it is only asked.
import { keep } from "./keep.js";

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

/** Offer a claim of the passage that is selected. */
function quoting(root) {
  const text = root.querySelector("[data-passages]");
  const act = root.querySelector("[data-passage-act]");
  if (!text || !act) {
    return;
  }
  let passage = "";
  root.addEventListener("selectionchange", () => {
    passage = selected(text) || (act.contains(root.activeElement) ? passage : "");
    act.hidden = !passage;
  });
  // Pressing the button must not undo the selection before it is read.
  act.addEventListener("pointerdown", (event) => event.preventDefault());
  act.addEventListener("click", () => {
    const field = root.getElementById(text.dataset.passages);
    if (!field || !passage) {
      return;
    }
    field.value = passage;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.scrollIntoView({ block: "center" });
    root.getElementById("claim-fact")?.focus({ preventScroll: true });
  });
}

/** Ask for the form anew and put what comes back in its place; where that fails, send it as without scripts. */
async function exchange(root, form, button) {
  const body = new FormData(form);
  body.set(button.name, button.value);
  body.set("part", form.dataset.swap);
  form.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body, redirect: "error", headers: { Accept: "text/html" } });
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.dataset.swap);
  const old = root.getElementById(form.dataset.swap);
  if (!made || !old) {
    throw new Error("no form came back");
  }
  old.replaceWith(root.adoptNode(made));
  keep(made);
  const shown = made.querySelector("[role=alert], #changes") ?? made.querySelector("#claim-subject, #claim-fact");
  if (shown?.matches("[role=alert]")) {
    shown.tabIndex = -1;
  }
  shown?.focus();
  shown?.scrollIntoView({ block: "nearest" });
}

/** Whatever is only asked (which fields a fact has, what a claim would change) leaves the page where it is. */
function exchanging(root) {
  root.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (!form.matches("form[data-swap]") || !button || button.value === "record") {
      return;
    }
    event.preventDefault();
    exchange(root, form, button).catch(() => {
      const asked = root.createElement("input");
      asked.type = "hidden";
      asked.name = button.name;
      asked.value = button.value;
      form.append(asked);
      form.submit();
    });
  });
  root.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("form[data-swap]") && ["fact", "policy"].includes(event.target.name) && event.target.value) {
      form.requestSubmit(form.querySelector("[data-choose]"));
    }
  });
}

/** The evidence reader. */
export function reader(root) {
  if (!root.querySelector("[data-swap], [data-passages]")) {
    return;
  }
  quoting(root);
  exchanging(root);
}
