// Selects with type-ahead: lists of the app's own options, and options the app suggests.
import { post } from "./page.js";
import { formOf, sure, tell } from "./forms.js";

const $ = (selector, root = document) => root.querySelector(selector);
export const comboOf = (element) => element.closest?.("[data-combo]");
export const listOf = (combo) => $("[role=listbox]", combo);
export const inputOf = (combo) => $("[role=combobox]", combo);
const optionsOf = (combo) => [...combo.querySelectorAll("[role=option]:not([hidden])")];

function openList(combo, on = true) {
  listOf(combo).hidden = !on;
  inputOf(combo).setAttribute("aria-expanded", String(on));
  if (on) findRoom(combo);
  if (!on) mark(combo, null);
}

// Opens to the side with more room, and no longer than that room: what is cut off cannot be chosen.
function findRoom(combo) {
  const list = listOf(combo);
  list.style.maxHeight = "";
  const box = combo.getBoundingClientRect();
  const frame = combo.closest("[data-scroll]")?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  const below = frame.bottom - box.bottom - 12;
  const above = box.top - frame.top - 12;
  const up = list.offsetHeight > below && above > below;
  combo.toggleAttribute("data-up", up);
  list.style.maxHeight = `${Math.min(list.offsetHeight, Math.max(96, up ? above : below))}px`;
}

function mark(combo, option) {
  for (const other of combo.querySelectorAll("[data-active]")) other.removeAttribute("data-active");
  option?.setAttribute("data-active", "");
  option?.scrollIntoView({ block: "nearest" });
  if (option) inputOf(combo).setAttribute("aria-activedescendant", option.id);
  else inputOf(combo).removeAttribute("aria-activedescendant");
}

export function filter(combo, typed) {
  if (combo.dataset.external !== undefined) return suggest(combo, typed);
  for (const option of combo.querySelectorAll("[role=option]")) {
    option.hidden = !option.dataset.label.toLowerCase().includes(typed.trim().toLowerCase());
  }
  openList(combo);
  mark(combo, typed ? optionsOf(combo)[0] : null);
}

const waiting = new WeakMap(); // combo -> timer and number of the last question

async function suggest(combo, typed) {
  const asked = (waiting.get(combo)?.asked ?? 0) + 1;
  clearTimeout(waiting.get(combo)?.timer);
  if (typed.length < Number(combo.dataset.external)) {
    say(combo, `Type ${combo.dataset.external} or more letters`);
    return void waiting.set(combo, { asked });
  }
  const timer = setTimeout(async () => {
    const form = formOf(combo);
    form.set("block", combo.dataset.block);
    form.set("action", combo.dataset.action);
    form.set("typed", typed);
    const answer = await post("/page/suggest", form);
    if (waiting.get(combo)?.asked !== asked || document.activeElement !== inputOf(combo)) return;
    fillList(combo, answer?.groups ?? [], answer?.text);
  }, 150);
  waiting.set(combo, { asked, timer });
}

function say(combo, words) {
  const note = Object.assign(document.createElement("div"), { className: "combo__group", textContent: words });
  listOf(combo).replaceChildren(note);
  openList(combo);
}

function fillList(combo, groups, trouble) {
  const rows = groups.flatMap(({ label, choices }, g) => {
    const head = Object.assign(document.createElement("div"), { className: "combo__group", textContent: label });
    const options = choices.map((choice, i) => {
      const row = Object.assign(document.createElement("div"), { id: `${listOf(combo).id}-${g}-${i}` });
      row.setAttribute("role", "option");
      Object.assign(row.dataset, { value: choice.value, label: choice.label });
      row.append(choice.label);
      if (choice.description) row.append(Object.assign(document.createElement("small"), { innerHTML: choice.description }));
      return row;
    });
    return label ? [head, ...options] : options;
  });
  if (!rows.some((row) => row.dataset.value !== undefined)) return say(combo, trouble || "No results");
  listOf(combo).replaceChildren(...rows);
  openList(combo);
  mark(combo, optionsOf(combo)[0]);
}

// Where the app wants to be sure, it is asked before anything is changed.
const mayTell = (combo) => !combo.dataset.dispatch || sure(combo.dataset);

export async function choose(combo, option) {
  const { value, label } = option.dataset;
  if (!(await mayTell(combo))) return leave(combo);
  const input = inputOf(combo);
  combo.dataset.dirty = "";
  if ("multi" in combo.dataset) {
    addChip(combo, value, label);
    input.value = "";
  } else {
    $("input[type=hidden]", combo).value = value;
    input.value = label;
  }
  input.dataset.label = input.value;
  for (const other of combo.querySelectorAll("[role=option]")) other.hidden = false;
  openList(combo, false);
  if (combo.dataset.dispatch) tell("choose", combo);
}

function addChip(combo, value, label) {
  if ([...combo.querySelectorAll(".chip input")].some((held) => held.value === value)) return;
  const chip = Object.assign(document.createElement("span"), { className: "chip", textContent: label });
  const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  remove.dataset.remove = "";
  remove.setAttribute("aria-label", `Remove ${label}`);
  const held = Object.assign(document.createElement("input"), { type: "hidden", name: combo.dataset.name, value });
  chip.append(remove, held);
  inputOf(combo).before(chip);
}

export async function removeChip(combo, chip) {
  if (!(await mayTell(combo))) return;
  chip.remove();
  combo.dataset.dirty = "";
  inputOf(combo).focus();
  openList(combo, false);
  if (combo.dataset.dispatch) tell("choose", combo);
}

export async function leave(combo) {
  openList(combo, false);
  const input = inputOf(combo);
  const held = $("input[type=hidden]", combo);
  if ("multi" in combo.dataset) return void (input.value = "");
  if (input.value === "" && held?.value && (await mayTell(combo))) {
    held.value = "";
    combo.dataset.dirty = "";
    input.dataset.label = "";
    if (combo.dataset.dispatch) tell("choose", combo);
  } else {
    input.value = input.dataset.label ?? input.defaultValue;
  }
}

export function comboKey(event, combo) {
  const isOpen = !listOf(combo).hidden;
  const options = optionsOf(combo);
  const active = $("[data-active]", combo);
  const move = (step) => mark(combo, options.at((options.indexOf(active) + step) % options.length));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) filter(combo, "");
    else if (options.length) move(event.key === "ArrowDown" ? 1 : active ? -1 : 0);
  } else if (event.key === "Enter" && isOpen) {
    event.preventDefault();
    if (active) choose(combo, active);
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    openList(combo, false);
  } else if (event.key === "Backspace" && event.target.value === "") {
    const chip = [...combo.querySelectorAll(".chip")].at(-1);
    if (chip) removeChip(combo, chip);
  }
}
