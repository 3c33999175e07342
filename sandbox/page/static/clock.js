// The clock in the top bar, and the app's shortcuts.
import { act } from "./page.js";
import { closeMenus } from "./menus.js";
import { say } from "./news.js";

async function moveClock(to) {
  const form = new FormData();
  form.set("to", to);
  if (await act("clock", form)) say(`It is ${document.querySelector("#clock-now").innerText} now`);
}

function useShortcut({ shortcut, channel, ts }) {
  const form = new FormData();
  form.set("callback_id", shortcut);
  if (ts) form.set("ts", ts);
  if (channel) form.set("channel", channel);
  return act("shortcut", form);
}

export function startClock() {
  document.addEventListener("click", (event) => {
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
}
