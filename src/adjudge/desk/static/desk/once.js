// A form that is on its way is not sent a second time by a button pressed twice.

const PATIENCE = 5000;
// Milliseconds after which it can be sent again: the answer may have been a file, or none.

/** Drop what is sent again while the page still waits for the answer. */
export function once(root) {
  const sent = new WeakSet();
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    setTimeout(() => sent.delete(form), PATIENCE);
  });
}
