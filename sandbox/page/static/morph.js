// Brings a part of the page up to date without replacing what has not changed:
// focus, scroll, open menus and everything typed stay as they are.

// What the script itself sets, and the server does not know of.
const KEPT = new Set([
  "open", "style", "aria-expanded", "aria-activedescendant", "aria-busy",
  "data-dirty", "data-editing", "data-thread", "data-up", "data-left", "data-keys", "data-toured",
]);

function isInUse(node) {
  if (node.matches?.(".combo__box")) return "dirty" in node.parentElement.dataset;
  return Boolean(node.matches?.("[data-usage], [data-most], .combo__list:not([hidden]), .completions:not([hidden])"));
}

// Where the server says everything, nothing of ours is kept.
const keeps = (to, name) => KEPT.has(name) && !to.hasAttribute("data-told");

function morphAttributes(from, to) {
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value && !keeps(to, name)) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !keeps(to, name)) from.removeAttribute(name);
  }
}

function morphNode(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (isInUse(from)) return;
  morphAttributes(from, to);
  morphChildren(from, to);
}

export function morphChildren(from, to) {
  const wanted = new Set([...to.children].map((child) => child.id).filter(Boolean));
  const existing = new Map([...from.children].filter((c) => c.id).map((c) => [c.id, c]));
  let at = from.firstChild;
  const dropStale = () => {
    while (at && at.id && !wanted.has(at.id)) {
      const stale = at;
      at = at.nextSibling;
      stale.remove();
    }
  };
  for (const next of [...to.childNodes]) {
    dropStale();
    const match = next.id && existing.get(next.id);
    if (match && match.nodeName === next.nodeName) {
      if (match === at) at = at.nextSibling;
      else from.insertBefore(match, at);
      morphNode(match, next);
    } else if (at && !at.id && !next.id && at.nodeName === next.nodeName) {
      const here = at;
      at = at.nextSibling;
      morphNode(here, next);
    } else {
      from.insertBefore(next, at);
    }
  }
  while (at) {
    const rest = at;
    at = at.nextSibling;
    rest.remove();
  }
}
