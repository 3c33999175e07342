// The workbench's forms, light and dark, and two panes instead of one.
import { act } from "./page.js";
import { say } from "./news.js";

const root = document.documentElement;
const COOKIE = "sandbox-colours"; // the server draws the next page in the same colours

async function order(form) {
  const button = form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  if (await act(form.dataset.act, new FormData(form))) say("Done");
  button.removeAttribute("aria-busy");
}

function turnColours() {
  const isDark = root.dataset.colours === "system"
    ? matchMedia("(prefers-color-scheme: dark)").matches
    : root.dataset.colours === "dark";
  const chosen = isDark ? "light" : "dark";
  document.cookie = `${COOKIE}=${chosen}; path=/; max-age=31536000; samesite=strict`;
  paint(document, chosen);
  say(chosen === "dark" ? "Dark" : "Light");
}

// The panes are pages of their own, and follow.
function paint(page, chosen) {
  page.documentElement.dataset.colours = chosen;
  for (const pane of page.querySelectorAll("iframe")) paint(pane.contentDocument, chosen);
}

const addressOf = (frame) => {
  const address = new URL(frame.location.href);
  address.searchParams.delete("pane");
  return address;
};

// The other pane stays, as it is, and has the whole page.
function closePane() {
  const other = parent.frames[0] === window ? parent.frames[1] : parent.frames[0];
  parent.location = addressOf(other).href;
}

export function startBench() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act]")) return;
    event.preventDefault();
    order(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-colours]:not(html)")) turnColours();
    if (event.target.closest("[data-close-pane]")) closePane();
    const one = event.target.closest("[data-one-pane]");
    if (one) one.href = addressOf(frames[0]).href;
    if (event.target.closest("[data-show-keys]")) document.querySelector("#keys").showModal();
  });
}
