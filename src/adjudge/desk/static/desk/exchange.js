// What htmx leaves to us where a part of a page is exchanged in place: what comes instead of the part, the focus, what
// is said to those who do not see it, and the way back.

const TROUBLE = "unanswered";

/** A new tab, a new window, a file: the browser's own business. */
function isForBrowser(event) {
  return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

function has(text, id) {
  // Texts from outside are escaped: only a page's own mark-up reads so.
  return text.includes(`id="${id}"`);
}

/** Where the part does not come back, the middle of the page does: a refusal, or what to do after being signed out. */
function fit(root, detail) {
  if (!detail.shouldSwap || has(detail.serverResponse, detail.target.id)) {
    return;
  }
  const main = root.getElementById("main");
  if (main && has(detail.serverResponse, "main")) {
    detail.target = main;
    detail.selectOverride = "#main";
    return;
  }
  detail.shouldSwap = false;
  complain(root);
}

/** Say that no answer came, where one looks; nothing of the page is lost. */
function complain(root) {
  root.getElementById(TROUBLE)?.remove();
  const said = root.createElement("div");
  said.id = TROUBLE;
  said.className = "trouble";
  said.setAttribute("role", "alert");
  said.tabIndex = -1;
  said.append(root.createElement("p"));
  said.firstChild.textContent = root.getElementById("told")?.dataset.unanswered ?? "";
  root.getElementById("main")?.prepend(said);
  said.focus();
}

/** The same link, button or field in what came back. */
function twin(part, origin) {
  if (origin.id) {
    return part.ownerDocument.getElementById(origin.id);
  }
  const same = (item) => ["href", "name", "value"].every((name) => item.getAttribute(name) === origin.getAttribute(name));
  return [...part.querySelectorAll(origin.localName)].find(same);
}

/** The focus goes to what is refused, else to what was asked for, else where it was; never back to the beginning. */
function arrive(part, origin, held) {
  const root = part.ownerDocument;
  const refused = part.querySelector("[role=alert]");
  if (refused) {
    refused.tabIndex = -1;
    refused.focus();
    return;
  }
  const wanted = origin?.closest("[data-arrive]")?.dataset.arrive;
  const found = wanted ? root.querySelector(wanted) : null;
  if (found) {
    found.focus();
    found.scrollIntoView({ block: found === part ? "start" : "nearest" });
    return;
  }
  if (root.activeElement && root.activeElement !== root.body) {
    return;
  }
  const again = [held, origin].map((item) => item && twin(part, item)).find(Boolean);
  if (!again && !part.hasAttribute("tabindex")) {
    part.tabIndex = -1;
  }
  (again ?? part).focus({ preventScroll: true });
}

/** What has changed, for whoever does not see it. */
function tell(root) {
  const told = root.getElementById("told");
  if (told) {
    const counted = root.querySelector("[data-announce]")?.textContent.trim();
    told.textContent = [root.title, counted].filter(Boolean).join(". ");
  }
}

/** Follow what htmx does on a page; `fresh` is called with each part that comes in. */
export function exchange(root, fresh) {
  const view = root.defaultView;
  let shown = view.location.pathname + view.location.search;
  let held = null;
  const on = (name, act) => root.addEventListener(`htmx:${name}`, (event) => act(event.detail, event));

  // Before htmx sees it, which would keep the browser from opening a new tab.
  root.addEventListener(
    "click",
    (event) => {
      if (isForBrowser(event) && event.target.closest?.("a[hx-get]")) {
        event.stopPropagation();
      }
    },
    true,
  );
  on("beforeRequest", ({ target }) => {
    root.getElementById(TROUBLE)?.remove();
    target.setAttribute("aria-busy", "true");
  });
  on("afterRequest", ({ target }) => target.removeAttribute("aria-busy"));
  on("beforeSwap", (detail) => {
    held = root.activeElement === root.body ? null : root.activeElement;
    fit(root, detail);
  });
  on("load", ({ elt }) => {
    if (elt !== root.body) {
      fresh(elt);
    }
  });
  on("afterOnLoad", ({ target, requestConfig, xhr }) => {
    const part = root.getElementById(target.id);
    if (xhr.status === 204 || !part) {
      return;
    }
    arrive(part, requestConfig.triggeringEvent?.submitter ?? requestConfig.elt, held);
    tell(root);
  });
  for (const name of ["sendError", "timeout"]) {
    on(name, () => complain(root));
  }
  // What was refused has no address that one could come back to.
  on("beforeHistoryUpdate", ({ history, xhr }) => {
    if (xhr.status >= 400) {
      history.path = shown;
      history.type = "replace";
    }
  });
  on("pushedIntoHistory", ({ path }) => {
    shown = path;
    for (const field of root.querySelectorAll("header input[name=next]")) {
      field.value = path;
    }
  });
  // A step within the page is no reason to load it anew, which htmx does for every step that it knows.
  view.addEventListener("popstate", (event) => {
    const here = view.location.pathname + view.location.search;
    if (here === shown) {
      event.stopImmediatePropagation();
    }
    shown = here;
  });
}
