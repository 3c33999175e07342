// Messages, Homes and modals as forms: buttons, menus, inputs, selects with type-ahead.
import { act, post } from "./page.js";

const $ = (selector, root = document) => root.querySelector(selector);

function formOf(element) {
  return new FormData(element.closest("[data-surface]"));
}

function tell(name, element, value) {
  const form = formOf(element);
  const { block, action } = element.dataset;
  form.set("block", block);
  form.set("action", action);
  if (value !== undefined) form.set("value", value);
  return act(name, form);
}

async function sure({ confirmTitle, confirmText, confirmYes, confirmNo, confirmStyle }) {
  if (confirmTitle === undefined) return true;
  const dialog = $("#confirm");
  $("#confirm-title").textContent = confirmTitle;
  $("#confirm-text").textContent = confirmText;
  const [no, yes] = dialog.querySelectorAll("button");
  no.textContent = confirmNo || "Cancel";
  yes.textContent = confirmYes || "Yes";
  yes.className = `button button--${confirmStyle || "primary"}`;
  dialog.returnValue = "";
  dialog.showModal();
  yes.focus();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue === "yes";
}

async function press(element) {
  if (!(await sure(element.dataset))) return;
  if (element.dataset.url) open(element.dataset.url, "_blank", "noopener,noreferrer");
  element.setAttribute("aria-busy", "true");
  await ("press" in element.dataset ? tell("press", element) : tell("choose", element, element.dataset.choose));
  element.removeAttribute("aria-busy");
}

// ---- Modals ---------------------------------------------------------------------------------

let shown = null; // the view that the modal shows

export function showModal() {
  const modal = $("#modal");
  const view = $("form", modal)?.dataset.modal ?? null;
  if (view && !modal.open) modal.showModal();
  if (!view && modal.open) modal.close();
  if (view && view !== shown) {
    const first = ".modal__body :is(input:not([type=hidden]), textarea, button), .modal__foot .button--primary";
    ($("[data-focus]", modal) ?? $(first, modal))?.focus();
  }
  shown = view;
}

function closeModal(whole = false) {
  const form = new FormData();
  form.set("view", $("#modal form").dataset.modal);
  if (whole) form.set("whole", "yes");
  return act("close", form);
}

async function submitModal(form) {
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  await act("submit", new FormData(form));
  form.removeAttribute("aria-busy");
  if (form.isConnected) $("[aria-invalid=true], .field--error :is(input:not([type=hidden]), textarea)", form)?.focus();
}

// ---- Selects with type-ahead ----------------------------------------------------------------

const comboOf = (element) => element.closest?.("[data-combo]");
const listOf = (combo) => $("[role=listbox]", combo);
const inputOf = (combo) => $("[role=combobox]", combo);
const optionsOf = (combo) => [...combo.querySelectorAll("[role=option]:not([hidden])")];

function openList(combo, on = true) {
  listOf(combo).hidden = !on;
  inputOf(combo).setAttribute("aria-expanded", String(on));
  if (!on) mark(combo, null);
}

function mark(combo, option) {
  for (const other of combo.querySelectorAll("[data-active]")) other.removeAttribute("data-active");
  option?.setAttribute("data-active", "");
  option?.scrollIntoView({ block: "nearest" });
  if (option) inputOf(combo).setAttribute("aria-activedescendant", option.id);
  else inputOf(combo).removeAttribute("aria-activedescendant");
}

function filter(combo, typed) {
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

function choose(combo, option) {
  const { value, label } = option.dataset;
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

function removeChip(combo, chip) {
  chip.remove();
  combo.dataset.dirty = "";
  inputOf(combo).focus();
  openList(combo, false);
  if (combo.dataset.dispatch) tell("choose", combo);
}

function leave(combo) {
  openList(combo, false);
  const input = inputOf(combo);
  const held = $("input[type=hidden]", combo);
  if ("multi" in combo.dataset) return void (input.value = "");
  if (input.value === "" && held?.value) {
    held.value = "";
    combo.dataset.dirty = "";
    input.dataset.label = "";
    if (combo.dataset.dispatch) tell("choose", combo);
  } else {
    input.value = input.dataset.label ?? input.defaultValue;
  }
}

function comboKey(event, combo) {
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

// ---- Listening ------------------------------------------------------------------------------

function onClick(event) {
  const pressed = event.target.closest("[data-press], [data-choose]");
  if (pressed) return press(pressed);
  const close = event.target.closest("[data-close]");
  if (close) return closeModal(close.dataset.close === "whole");
  const answer = event.target.closest("#confirm button");
  if (answer) return $("#confirm").close(answer.value);
  const combo = comboOf(event.target);
  if (!combo) return undefined;
  const remove = event.target.closest("[data-remove]");
  if (remove) return removeChip(combo, remove.closest(".chip"));
  const option = event.target.closest("[role=option]");
  if (option) return choose(combo, option);
  const input = inputOf(combo);
  input.focus();
  if (listOf(combo).hidden) filter(combo, "");
  return input.select();
}

const typing = new WeakMap(); // input -> timer

function onInput(event) {
  const combo = comboOf(event.target);
  if (combo) return filter(combo, event.target.value);
  if (!event.target.dataset.dispatch?.includes("on_character_entered")) return undefined;
  clearTimeout(typing.get(event.target));
  return typing.set(event.target, setTimeout(() => tell("choose", event.target), 300));
}

function onKey(event) {
  if (event.isComposing) return;
  const combo = comboOf(event.target);
  if (combo && event.target.matches("[role=combobox]")) comboKey(event, combo);
  else if (event.key === "Enter" && event.target.dataset?.dispatch?.includes("on_enter_pressed")) {
    event.preventDefault();
    tell("choose", event.target);
  }
  if (event.key === "Escape" && $("#modal[open]") && !event.defaultPrevented && !$("#confirm[open]")) {
    event.preventDefault();
    closeModal();
  }
}

export function startForms() {
  document.addEventListener("click", onClick);
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKey);
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[role=option]")) event.preventDefault(); // keep the focus in the field
  });
  document.addEventListener("focusout", (event) => {
    const combo = comboOf(event.target);
    if (combo && !combo.contains(event.relatedTarget)) leave(combo);
  });
  document.addEventListener("change", (event) => {
    if (event.target.dataset.dispatch === "change") tell("choose", event.target);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-surface]")) return;
    event.preventDefault();
    if (event.target.dataset.modal) submitModal(event.target);
  });
  $("#modal").addEventListener("cancel", (event) => {
    event.preventDefault();
    closeModal();
  });
  showModal();
}
