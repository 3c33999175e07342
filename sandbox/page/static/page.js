// The page's frame: where we are, refreshing what changed, notifications, menus, the drawer.
import { morphChildren } from "./morph.js";
import { startComposer } from "./composer.js";
import { startOwnMessages } from "./own.js";
import { startForms, showModal } from "./forms.js";
import { startTour } from "./tour.js";

const $ = (selector, root = document) => root.querySelector(selector);
const state = JSON.parse($("#state").textContent);
const where = { me: state.me, at: state.at };
const drawn = {}; // region -> the HTML it shows
const newest = new Map(); // member -> ts of the newest direct message we know of
const troublesSeen = new Map(); // member -> how many troubles were shown

const query = (extra = "") => `as=${encodeURIComponent(where.me)}&at=${encodeURIComponent(where.at)}${extra}`;

// ---- Refreshing -----------------------------------------------------------------------------

let refreshing = null;
let again = false;

export function refresh() {
  again = true;
  refreshing ??= (async () => {
    try {
      while (again) {
        again = false;
        await refreshOnce();
      }
      document.body.removeAttribute("data-away");
    } catch {
      document.body.dataset.away = "yes"; // the server has stopped; the stream tries again by itself
    } finally {
      refreshing = null;
    }
  })();
  return refreshing;
}

async function refreshOnce() {
  const asked = query(document.hidden ? "" : "&looking=yes");
  const answer = await (await fetch(`/page/fragments?${asked}`)).json();
  if (!asked.startsWith(query())) return void (again = true); // moved on while waiting
  for (const [name, html] of Object.entries(answer.regions)) draw(name, html);
  showModal();
  tellNews(answer.state);
}

function draw(name, html) {
  if (drawn[name] === html) return;
  drawn[name] = html;
  const region = $(`#${name}`);
  const log = $("[data-bottom]", region);
  const stick = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  morphChildren(region, fresh.content);
  const logNow = $("[data-bottom]", region);
  if (logNow && (logNow !== log || stick)) logNow.scrollTop = logNow.scrollHeight;
}

export async function act(name, form = new FormData()) {
  const answer = await post(`/page/acts/${name}`, form);
  if (answer && !answer.ok) toast(answer.text, "trouble");
  await refresh();
  return Boolean(answer?.ok);
}

export async function post(address, form) {
  try {
    const headers = { "x-sandbox-page": "1" };
    const response = await fetch(`${address}?${query()}`, { method: "POST", headers, body: form });
    return await response.json();
  } catch {
    toast("The sandbox did not answer. Is it still running?", "trouble");
    return null;
  }
}

// ---- Going places ---------------------------------------------------------------------------

async function go(address, { push = true } = {}) {
  const target = new URL(address, location.href);
  where.me = target.searchParams.get("as") ?? where.me;
  where.at = target.searchParams.get("at") ?? where.at;
  if (push) history.pushState(null, "", target);
  toggleDrawer(false);
  if (where.at === "messages") document.querySelector(`.toast[data-user="${where.me}"]`)?.remove();
  await refresh();
  await visit();
}

async function visit() {
  if (where.at === "home" || where.at === "messages") await act("visit");
}

function toggleDrawer(open) {
  document.body.toggleAttribute("data-drawer", open);
  $("#open-drawer").setAttribute("aria-expanded", String(open));
  if (open) $("#sidebar a[aria-current]")?.focus();
}

// ---- News -----------------------------------------------------------------------------------

function tellNews(news, quietly = false) {
  for (const { user, name, ts, text } of news.notices) {
    const isNew = Number(ts) > Number(newest.get(user) ?? 0);
    newest.set(user, ts);
    const inSight = user === where.me && where.at === "messages" && !document.hidden;
    if (isNew && !inSight && !quietly) notify(user, user === where.me ? "you" : name, text);
  }
  const known = troublesSeen.get(news.me) ?? news.troubles.length;
  troublesSeen.set(news.me, news.troubles.length);
  for (const text of news.troubles.slice(known)) {
    const inSight = document.body.innerText.includes(text); // Slackbot or the modal says it already
    if (!inSight) toast(text, "trouble");
  }
}

function notify(user, name, text) {
  document.querySelector(`.toast[data-user="${user}"]`)?.remove(); // the newest says enough
  const box = toast("", "news");
  box.dataset.user = user;
  const link = Object.assign(document.createElement("a"), { href: `/?as=${user}&at=messages` });
  link.dataset.nav = "";
  link.append(Object.assign(document.createElement("b"), { textContent: `New message for ${name}` }));
  link.append(Object.assign(document.createElement("span"), { textContent: text }));
  box.prepend(link);
}

function toast(text, kind) {
  const box = Object.assign(document.createElement("div"), { className: `toast toast--${kind}` });
  if (text) box.append(Object.assign(document.createElement("p"), { textContent: text }));
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×", title: "Dismiss" });
  close.className = "button button--quiet button--small toast__close";
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", () => box.remove());
  box.append(close);
  // In a modal dialog the rest of the page is out of reach, so the note goes inside it.
  ($("#modal[open]") && kind === "trouble" ? $("#modal") : $("#toasts")).append(box);
  setTimeout(() => box.remove(), 9000);
  return box;
}

// ---- Menus, links, the clock ----------------------------------------------------------------

function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("toggle", (event) => {
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
}, true);

document.addEventListener("click", (event) => {
  const menu = event.target.closest("details.menu");
  if (!menu || event.target.closest("[role=menuitem]")) closeMenus();
  else if (event.target.closest("summary")) menu.dataset.keys = event.detail === 0 ? "yes" : "";
  const link = event.target.closest("a[data-nav]");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    link.closest(".toast")?.remove();
    go(link.href);
  }
  const drawer = event.target.closest("[data-drawer]:not(body)")?.dataset.drawer;
  if (drawer) toggleDrawer(drawer === "open");
  const to = event.target.closest("[data-clock]")?.dataset.clock;
  if (to) moveClock(to);
  const shortcut = event.target.closest("[data-shortcut]");
  if (shortcut) useShortcut(shortcut.dataset);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-clock-form]")) return;
  event.preventDefault();
  closeMenus();
  moveClock(new FormData(event.target).get("to"));
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (event.key === "Escape") {
    if (menu) event.preventDefault(); // the menu closes, not the modal it may stand in
    if (menu) $("summary", menu).focus();
    closeMenus();
    if (document.body.hasAttribute("data-drawer")) {
      toggleDrawer(false);
      $("#open-drawer").focus();
    }
  }
  if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const items = [...menu.querySelectorAll("[role=menuitem]")];
    if (!items.length) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  }
});

function moveClock(to) {
  const form = new FormData();
  form.set("to", to);
  return act("clock", form);
}

function useShortcut({ shortcut, channel, ts }) {
  const form = new FormData();
  form.set("callback_id", shortcut);
  if (ts) form.set("ts", ts);
  if (channel) form.set("channel", channel);
  return act("shortcut", form);
}

// ---- Start ----------------------------------------------------------------------------------

tellNews(state, true);
startForms();
startComposer();
startOwnMessages();
startTour();
const log = $("[data-bottom]");
if (log) log.scrollTop = log.scrollHeight;
history.replaceState(null, "", `/?${query(location.search.includes("tour=off") ? "&tour=off" : "")}`);
const stream = new EventSource("/page/stream");
stream.addEventListener("message", refresh);
stream.addEventListener("error", refresh); // says that the sandbox is away, if it is
addEventListener("popstate", () => go(location.href, { push: false }));
addEventListener("visibilitychange", () => document.hidden || refresh());
setInterval(() => document.hidden || refresh(), 20000); // the clock in the bar goes on
refresh().then(visit);
