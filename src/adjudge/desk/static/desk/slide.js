// A list of moments becomes a slider over the same list; the list stays for whoever prefers it.

const REST = 350;
// Milliseconds after which whoever moves it, by hand or by key, has come where they wanted to be.

function slider(form, list) {
  const made = document.createElement("input");
  made.type = "range";
  made.id = `${list.id}-slider`;
  made.min = "0";
  made.max = String(list.options.length - 1);
  made.value = String(list.selectedIndex);
  made.className = "slider";
  made.setAttribute("aria-label", form.getAttribute("aria-label") ?? "");
  const say = () => made.setAttribute("aria-valuetext", list.options[list.selectedIndex].text);
  made.addEventListener("input", () => {
    list.selectedIndex = Number(made.value);
    say();
  });
  list.addEventListener("change", () => {
    made.value = String(list.selectedIndex);
    say();
  });
  let waits = 0;
  made.addEventListener("change", () => {
    clearTimeout(waits);
    waits = setTimeout(() => form.isConnected && form.requestSubmit(), REST);
  });
  form.addEventListener("submit", () => clearTimeout(waits));
  say();
  return made;
}

/** Put a slider before each list of moments. Letting go of it asks for the moment. */
export function slide(part) {
  for (const form of part.querySelectorAll("form[data-as-of]")) {
    const list = form.querySelector("select");
    if (list && list.options.length > 1 && !form.querySelector(".slider")) {
      list.before(slider(form, list));
    }
  }
}
