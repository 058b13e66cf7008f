// A list of moments becomes a slider over the same list; the list stays for whoever prefers it.

/** Put a slider before each list of moments. Letting go of it asks for the moment. */
export function slide(root) {
  for (const form of root.querySelectorAll("form[data-as-of]")) {
    const list = form.querySelector("select");
    if (!list || list.options.length < 2) {
      continue;
    }
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(list.options.length - 1);
    slider.value = String(list.selectedIndex);
    slider.className = "slider";
    slider.setAttribute("aria-label", form.getAttribute("aria-label") ?? "");
    const say = () => slider.setAttribute("aria-valuetext", list.options[list.selectedIndex].text);
    slider.addEventListener("input", () => {
      list.selectedIndex = Number(slider.value);
      say();
    });
    list.addEventListener("change", () => {
      slider.value = String(list.selectedIndex);
      say();
    });
    say();
    list.before(slider);
  }
}
