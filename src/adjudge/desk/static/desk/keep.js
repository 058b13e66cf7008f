// What is being typed into a long form is kept in this tab until it was sent, so that going back or a crash loses nothing.

const PREFIX = "kept:";

function place(form) {
  return PREFIX + location.pathname + "#" + form.id;
}

function fields(form) {
  return [...form.elements].filter((item) => item.matches("textarea[name], input[type=text][name]"));
}

/** Keep each form that asks for it; what is kept is put back only into fields that are as the page sent them. */
export function keep(root) {
  for (const form of root.querySelectorAll("form[data-keep][id]")) {
    const name = place(form);
    let kept = {};
    try {
      kept = JSON.parse(sessionStorage.getItem(name) ?? "{}");
    } catch {
      sessionStorage.removeItem(name);
    }
    for (const field of fields(form)) {
      const text = kept[field.name];
      if (typeof text === "string" && field.value === field.defaultValue && !field.value) {
        field.value = text;
      }
    }
    const write = () => {
      const typed = Object.fromEntries(fields(form).map((field) => [field.name, field.value]).filter(([, text]) => text));
      try {
        sessionStorage.setItem(name, JSON.stringify(typed));
      } catch {
        // A text too long for the tab's memory is not kept; it is still in its field.
      }
    };
    form.ownerDocument.addEventListener("input", (event) => {
      if (event.target.form === form) {
        write();
      }
    });
    form.addEventListener("submit", () => sessionStorage.removeItem(name));
  }
}
