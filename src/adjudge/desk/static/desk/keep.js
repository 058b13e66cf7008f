// What is being typed into a long form is kept in this tab until it was sent, so that going back or a crash loses nothing.

const PREFIX = "kept:";
const FORM = "form[data-keep][id]";

function place(form) {
  return PREFIX + location.pathname + "#" + form.id;
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

/** What is kept is put back only into fields that are as the page sent them. */
export function putBack(part) {
  for (const form of part.querySelectorAll(FORM)) {
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
    if (form.matches(FORM)) {
      sessionStorage.removeItem(place(form));
    }
  });
}
