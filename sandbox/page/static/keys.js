// The keyboard's ways through the page: its parts, its conversations, its members, its messages.

const isSeen = (element) => element.checkVisibility({ checkVisibilityCSS: true });

// Where one arrives in a part: in itself, where one is, or at its first control.
function arrival(part) {
  if (part.tabIndex === 0) return part;
  const controls = [...part.querySelectorAll("a, button, input, select, summary, textarea")].filter(isSeen);
  return controls.find((one) => one.hasAttribute("aria-current")) ?? controls.find((one) => one.tagName === "TEXTAREA") ?? controls[0];
}

// All parts in reading order; a pane is a page of its own and gives its own parts.
function parts(page) {
  return [...page.querySelectorAll("[data-section]")]
    .filter(isSeen)
    .flatMap((part) => (part.tagName === "IFRAME" ? parts(part.contentDocument) : [part]))
    .filter(arrival);
}

function focused(page) {
  const here = page.activeElement;
  return here?.tagName === "IFRAME" ? focused(here.contentDocument) : here;
}

function turn(step) {
  const page = window.top.document;
  if (page.querySelector("dialog[open]") || document.querySelector("dialog[open]")) return;
  const every = parts(page);
  const here = every.findIndex((part) => part.contains(focused(page)));
  const target = arrival(every.at(here < 0 ? 0 : (here + step) % every.length));
  target.ownerDocument.defaultView.focus();
  target.focus();
}

function follow(links, step) {
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  links.at((here + step) % links.length)?.click();
}

const all = (selector) => [...document.querySelectorAll(selector)];

function throughMessages(event) {
  const log = event.target.closest?.(".log");
  const here = event.target.closest?.("article");
  if (!log || (event.target !== log && event.target !== here)) return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const every = [...log.querySelectorAll("article")];
  const at = here ? every.indexOf(here) : every.length;
  every[Math.max(0, Math.min(every.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
}

function throughTabs(event) {
  const tab = event.target.closest?.("[role=tab]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !step) return;
  event.preventDefault();
  const every = [...tab.parentElement.querySelectorAll("[role=tab]")];
  const next = every.at((every.indexOf(tab) + step) % every.length);
  next.focus();
  next.click();
}

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (event.key === "F6") {
      event.preventDefault();
      turn(event.shiftKey ? -1 : 1);
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      follow(all("#channels a, #apps a"), event.key === "ArrowDown" ? 1 : -1);
    } else if (event.altKey && digit) {
      event.preventDefault();
      all("#members a")[digit - 1]?.click();
    } else if (event.ctrlKey && event.key === "/") {
      event.preventDefault();
      const keys = document.querySelector("#keys");
      if (!keys.open) keys.showModal();
    } else {
      throughMessages(event);
      throughTabs(event);
    }
  });
}
