// Menus: they open to where there is room, close when one looks elsewhere, and listen to the arrows.
const $ = (selector, root = document) => root.querySelector(selector);

export function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

function onToggle(event) {
  const menu = event.target;
  if (!menu.matches("details.menu")) return;
  $("summary", menu).setAttribute("aria-expanded", String(menu.open));
  if (!menu.open) return;
  closeMenus(menu);
  const list = $(".menu__list", menu);
  const floor = menu.closest("[data-scroll]")?.getBoundingClientRect().bottom ?? innerHeight;
  menu.removeAttribute("data-left");
  menu.toggleAttribute("data-up", list.getBoundingClientRect().bottom > floor);
  menu.toggleAttribute("data-left", list.getBoundingClientRect().left < (menu.closest(".main")?.offsetLeft ?? 0));
  if (menu.dataset.keys) $("[role=menuitem], input", list)?.focus();
}

function onKey(event) {
  const menu = event.target.closest?.("details.menu[open]");
  if (event.key === "Escape") {
    if (menu) event.preventDefault(); // the menu closes, not the modal it may stand in
    if (menu) $("summary", menu).focus();
    closeMenus();
  }
  if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const items = [...menu.querySelectorAll("[role=menuitem]")];
    if (!items.length) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  }
}

export function startMenus() {
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const menu = event.target.closest("details.menu");
    if (!menu || event.target.closest("[role=menuitem]")) closeMenus();
    else if (event.target.closest("summary")) menu.dataset.keys = event.detail === 0 ? "yes" : "";
  });
}
