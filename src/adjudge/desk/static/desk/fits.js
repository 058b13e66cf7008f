// A form that holds more than the server reads is not sent: that is said at once, and what was typed stays in its fields.

const TROUBLE = "too-long";

/** How many bytes the fields of a form come to as they are sent; files are counted by the server. */
function size(form, button) {
  const data = new FormData(form, button);
  const texts = [...data].filter(([, value]) => typeof value === "string");
  if (form.enctype === "multipart/form-data") {
    return new Blob(texts.flat()).size;
  }
  return new URLSearchParams(texts).toString().length;
}

/** Whether a form is too long to be sent, which is said in it. */
function isTooLong(root, form, button) {
  const told = root.getElementById("told");
  root.getElementById(TROUBLE)?.remove();
  if (!told || size(form, button) <= Number(told.dataset.most)) {
    return false;
  }
  const said = root.createElement("div");
  said.id = TROUBLE;
  said.className = "trouble";
  said.setAttribute("role", "alert");
  said.tabIndex = -1;
  said.append(root.createElement("p"));
  said.firstChild.textContent = told.dataset.tooLong;
  form.prepend(said);
  said.focus();
  return true;
}

/** Hold back what is too long, before anything else sees it. */
export function fits(root) {
  root.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter: button } = event;
      if (form.method === "post" && isTooLong(root, form, button)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true,
  );
  // A button that is exchanged in place by itself submits nothing.
  root.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (event.detail.verb === "post" && form && isTooLong(root, form)) {
      event.preventDefault();
    }
  });
}
