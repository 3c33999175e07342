// The composer: messages, and slash commands completed from the app's manifest.
import { act } from "./page.js";

export const composer = () => document.querySelector("[data-composer]");
const boxOf = (element) => element.closest?.("[data-composer]");
const textOf = (box) => box.querySelector("textarea");
const listOf = (box) => box.querySelector(".completions");
const shownOf = (box) => [...box.querySelectorAll("[data-command]:not([hidden])")];

function openList(box, on) {
  listOf(box).hidden = !on;
  textOf(box).setAttribute("aria-expanded", String(on));
  mark(box, on ? shownOf(box)[0] : null);
}

function mark(box, option) {
  for (const row of box.querySelectorAll("[data-command]")) {
    row.setAttribute("aria-selected", String(row === option));
  }
  if (option) textOf(box).setAttribute("aria-activedescendant", option.id);
  else textOf(box).removeAttribute("aria-activedescendant");
}

// While the command's name is typed the list is open; after it, its usage stands below.
function follow(box) {
  const typed = textOf(box).value;
  textOf(box).style.height = "auto";
  textOf(box).style.height = `${Math.min(textOf(box).scrollHeight, 220)}px`;
  const naming = !box.dataset.thread && /^\/\S*$/.test(typed);
  let usage = "";
  for (const row of box.querySelectorAll("[data-command]")) {
    row.hidden = !row.dataset.command.startsWith(typed.trim().toLowerCase());
    const used = typed.split(/\s/)[0] === row.dataset.command;
    if (used) usage = `${row.dataset.command} ${row.querySelector(".hint").textContent}`;
  }
  openList(box, naming && shownOf(box).length > 0);
  if (box.dataset.editing) usage = "Editing: Enter saves, Esc leaves it as it was";
  if (box.dataset.thread) usage = "In a thread: Enter replies, Esc leaves it";
  box.querySelector("[data-usage]").textContent = usage;
}

export function write(box, words) {
  const text = textOf(box);
  text.value = words;
  text.focus();
  follow(box);
}

// Until it is saved the words stay, and the composer keeps editing the same message.
async function saveEdit(box, form) {
  form.set("channel", box.dataset.composer);
  form.set("ts", box.dataset.editing);
  if (await act("edit", form)) leave(box);
}

export function leave(box) {
  delete box.dataset.editing;
  delete box.dataset.thread;
  write(box, "");
}

async function send(box) {
  const text = textOf(box);
  const words = text.value;
  if (!words.trim() && !box.dataset.editing) return;
  const form = new FormData(box);
  if (box.dataset.editing) return void (await saveEdit(box, form));
  const thread = box.dataset.thread;
  if (thread) form.set("thread", thread);
  leave(box);
  const sent = await act("say", form);
  if (sent || !text.isConnected || text.value !== "") return;
  if (thread) box.dataset.thread = thread;
  write(box, words);
}

function onKey(event) {
  const box = boxOf(event.target);
  if (!box || !event.target.matches("textarea") || event.isComposing) return;
  const rows = shownOf(box);
  const isOpen = !listOf(box).hidden;
  const active = rows.find((row) => row.getAttribute("aria-selected") === "true");
  if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(box, rows.at((rows.indexOf(active) + step) % rows.length));
  } else if (isOpen && event.key === "Escape") {
    event.preventDefault();
    openList(box, false);
  } else if (isOpen && active && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey) {
    // A name typed in full needs no completing: Enter sends it.
    if (event.key === "Enter" && event.target.value.trim() === active.dataset.command) {
      event.preventDefault();
      send(box);
      return;
    }
    event.preventDefault();
    write(box, `${active.dataset.command} `);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send(box);
  }
}

export function startComposer() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (box) follow(box);
  });
  document.addEventListener("submit", (event) => {
    if (!boxOf(event.target)) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box && !box.contains(event.relatedTarget)) openList(box, false);
  });
  document.addEventListener("click", (event) => {
    const box = composer();
    const insert = event.target.closest("[data-insert]");
    const row = event.target.closest("[data-command]");
    if (box && insert) write(box, insert.dataset.insert);
    if (box && row) write(box, `${row.dataset.command} `);
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-command]")) event.preventDefault(); // keep the focus in the composer
  });
}
