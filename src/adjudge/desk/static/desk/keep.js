// What is being typed into a long form is kept in this tab until it was taken, so that going back, a crash or a failure
// loses nothing; for whoever typed it alone, and no longer than until they sign out.

const PREFIX = "kept:";
const SENT = "sent:";
const FORM = "form[data-keep][id]";

function place(form) {
  return PREFIX + (document.body.dataset.person ?? "") + location.pathname + "#" + form.id;
}

/** Forget what is marked as sent, or everything. */
function forget(everything) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(SENT) || (everything && name.startsWith(PREFIX))) {
      sessionStorage.removeItem(name);
      sessionStorage.removeItem(name.slice(SENT.length));
    }
  }
}

function fields(form) {
  return [...form.elements].filter((item) => item.matches("textarea[name], input[type=text][name]"));
}

function kept(form) {
  try {
    return JSON.parse(sessionStorage.getItem(place(form)) ?? "{}");
  } catch {
    sessionStorage.removeItem(place(form));
    return {};
  }
}

/** What is kept is put back only into fields that are as the page sent them. What was sent and taken is forgotten. */
export function putBack(part) {
  if (document.querySelector("#notes p")) {
    forget(false);
  }
  for (const form of part.querySelectorAll(FORM)) {
    sessionStorage.removeItem(SENT + place(form));
    const texts = kept(form);
    for (const field of fields(form)) {
      const text = texts[field.name];
      if (typeof text === "string" && field.value === field.defaultValue && !field.value) {
        field.value = text;
      }
    }
  }
}

/** Keep what is typed into each form that asks for it. */
export function keep(root) {
  root.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form?.matches(FORM)) {
      return;
    }
    const typed = Object.fromEntries(fields(form).map((field) => [field.name, field.value]).filter(([, text]) => text));
    try {
      sessionStorage.setItem(place(form), JSON.stringify(typed));
    } catch {
      // A text too long for the tab's memory is not kept; it is still in its field.
    }
  });
  root.addEventListener("submit", ({ target: form }) => {
    if (form.matches(FORM) && sessionStorage.getItem(place(form))) {
      sessionStorage.setItem(SENT + place(form), "");
    } else if (form.matches("form[data-signs-out]")) {
      forget(true);
    }
  });
}
