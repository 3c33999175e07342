// The page's frame: where we are, refreshing what changed, and going elsewhere.
import { morphChildren } from "./morph.js";
import { startBench } from "./bench.js";
import { startClock } from "./clock.js";
import { startComposer } from "./composer.js";
import { startForms, showModal } from "./forms.js";
import { startKeys } from "./keys.js";
import { startMenus } from "./menus.js";
import { tellNews, toast } from "./news.js";
import { startOwnMessages } from "./own.js";
import { startTour } from "./tour.js";

const $ = (selector, root = document) => root.querySelector(selector);
const state = JSON.parse($("#state").textContent);
const given = new URLSearchParams(location.search);
const KEPT = ["bench", "kind", "entry", "pane", "beside"]; // of the address, beside who and where
export const where = { as: state.me, at: state.at };
for (const name of KEPT) if (given.get(name)) where[name] = given.get(name);
const regions = ["topbar", "sidebar", "main", "modal", "bench"].filter((name) => $(`#${name}`));
const isWhole = regions.includes("main"); // else two panes, which are pages of their own
const drawn = {}; // region -> the HTML it shows

const query = () => new URLSearchParams(where).toString();

// ---- Refreshing -----------------------------------------------------------------------------

let refreshing = null;
let again = false;
let begins = false; // whether a visit begins: what was unread is marked as new

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
  const asked = query();
  const more = new URLSearchParams({ regions: regions.join(" "), view: isWhole ? "whole" : "panes" });
  if (!document.hidden) more.set("looking", "yes");
  if (begins) more.set("begin", "yes");
  begins = false;
  const answer = await (await fetch(`/page/fragments?${asked}&${more}`)).json();
  if (asked !== query()) return void (again = true); // moved on while waiting
  for (const [name, html] of Object.entries(answer.regions)) draw(name, html);
  if (isWhole) showModal();
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

// What a link does not speak of stays as it is.
async function go(address, { push = true } = {}) {
  const target = new URL(address, location.href).searchParams;
  const before = { ...where };
  for (const name of ["as", "at", ...KEPT]) {
    if (target.get(name)) where[name] = target.get(name);
    else if (target.has(name)) delete where[name];
  }
  if (push) history.pushState(null, "", `${location.pathname}?${query()}`);
  toggleDrawer(false);
  if (where.at === "messages") $(`.toast[data-user="${where.as}"]`)?.remove();
  const moved = before.as !== where.as || before.at !== where.at;
  begins = moved;
  await refresh();
  // The button that closed the workbench went with it: back to the one that opens it.
  if (before.bench && !where.bench) $(`.tools a[href$="bench=${before.bench}"]`)?.focus();
  if (moved) await visit();
}

async function visit() {
  if (isWhole && (where.at === "home" || where.at === "messages")) await act("visit");
}

function toggleDrawer(open) {
  if (!$("#open-drawer")) return;
  document.body.toggleAttribute("data-drawer", open);
  $("#open-drawer").setAttribute("aria-expanded", String(open));
  if (open) $("#sidebar a[aria-current]")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-nav]");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    link.closest(".toast")?.remove();
    go(link.href);
  }
  const drawer = event.target.closest("[data-drawer]:not(body)")?.dataset.drawer;
  if (drawer) toggleDrawer(drawer === "open");
});

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches("a[role=button], a[role=tab]")) {
    event.preventDefault(); // what is called a button is pressed like one
    event.target.click();
  }
  if (event.key === "Escape" && document.body.hasAttribute("data-drawer")) {
    toggleDrawer(false);
    $("#open-drawer").focus();
  }
});

// A browser keeps few lines open to one server: panes hear through the page around them.
function listen() {
  const stream = new EventSource("/page/stream");
  const tell = () => {
    for (let index = 0; index < frames.length; index++) frames[index].dispatchEvent(new Event("changed"));
    refresh();
  };
  stream.addEventListener("message", tell);
  stream.addEventListener("error", tell); // says that the sandbox is away, if it is
}

// ---- Start ----------------------------------------------------------------------------------

tellNews(state, true);
startMenus();
startClock();
startBench();
startKeys();
if (isWhole) {
  startForms();
  startComposer();
  startOwnMessages();
  startTour();
}
const log = $("[data-bottom]");
if (log) log.scrollTop = log.scrollHeight;
const tour = given.get("tour") === "off" ? "&tour=off" : "";
history.replaceState(null, "", `${location.pathname}?${query()}${tour}`);
if (parent === window) listen();
else addEventListener("changed", refresh);
addEventListener("popstate", () => {
  const then = new URLSearchParams(location.search);
  for (const name of KEPT) if (!then.has(name)) delete where[name];
  go(location.href, { push: false });
});
addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  begins = true;
  refresh();
});
setInterval(() => document.hidden || refresh(), 20000); // the clock in the bar goes on
refresh().then(visit);
