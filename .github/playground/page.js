// SPDX-License-Identifier: MIT
//
// page.js - the page: a chapter, two terminals, and the machine behind them.

import { V86 } from "./lib/libv86.mjs";
import { play } from "./blocks.js";
import { SerialTerminal } from "./terminal.js";

const MEMORY = 128 << 20; // as in state.mjs
const WORDS = {
	en: {
		title: "A container on a web page",
		container: "the container's terminal",
		host: "the host's terminal",
		chapter: "Chapter",
		send: { container: "type it in the container's terminal", host: "type it in the host's terminal" },
		begun: "The first block has been typed already: you are in the container. Reloading the page resets everything.",
		loading: "The machine is being loaded.",
		ready: "The machine is running. F6 moves between the chapter and the terminals.",
		busy: "A command is still running in that terminal. Ctrl+C ends it.",
		elsewhere: (here, line) => `The prompt in that terminal is “${here}”. This block expects another one: ${line}`,
		noWasm: "This page needs WebAssembly, which this browser does not have or does not allow.",
		noMemory: "There is too little memory for this page, which needs about 500 MB.",
		noState: "The machine could not be loaded. Reload the page to try again.",
	},
	ru: {
		title: "Контейнер на веб-странице",
		container: "терминал контейнера",
		host: "терминал хоста",
		chapter: "Глава",
		send: { container: "набрать в терминале контейнера", host: "набрать в терминале хоста" },
		begun: "Первый блок уже набран: вы в контейнере. Если перезагрузить страницу, всё начнётся сначала.",
		loading: "Машина загружается.",
		ready: "Машина работает. Клавиша F6 переводит фокус между главой и терминалами.",
		busy: "В этом терминале ещё выполняется команда. Прервать её можно клавишами Ctrl+C.",
		elsewhere: (here, line) => `В этом терминале приглашение «${here}», а блок рассчитан на другое: ${line}`,
		noWasm: "Этой странице нужен WebAssembly, а в этом браузере его нет или он запрещён.",
		noMemory: "Не хватает памяти: этой странице нужно около 500 МБ.",
		noState: "Машину не удалось загрузить. Перезагрузите страницу, чтобы попробовать ещё раз.",
	},
};
const language = navigator.language.startsWith("ru") ? "ru" : "en";
const words = WORDS[language];
const at = (id) => document.getElementById(id);
const say = (text) => (at("status").textContent = text);

const terminals = {};
const bound = {}; // what the pids in the text are on this machine

// --- the chapter --------------------------------------------------------------------

// Show the chapter that the address names, or the first.
function showChapter() {
	const chapters = [...document.querySelectorAll("#text > section")];
	const id = decodeURIComponent(location.hash.slice(1));
	const chapter = chapters.find((one) => one.id === id) ?? chapters[0];

	for (const one of chapters)
		one.hidden = one !== chapter;
	at("chapters").value = chapter.id;
	at("text").scrollTop = 0;
}

async function loadText() {
	at("text").innerHTML = await (await fetch(`text.${language}.html`)).text();
	for (const chapter of document.querySelectorAll("#text > section"))
		at("chapters").add(new Option(chapter.querySelector("h2").textContent, chapter.id));
	at("chapters").onchange = () => (location.hash = at("chapters").value);
	window.addEventListener("hashchange", showChapter);
	document.querySelector("#text h2").insertAdjacentHTML("afterend", `<p class="note">${words.begun}</p>`);
	document.querySelectorAll("#text [data-terminal]").forEach(addButton);
	showChapter();
}

// The button below a block that types it.
function addButton(block) {
	const button = document.createElement("button");

	button.textContent = `▸ ${words.send[block.dataset.terminal]}`;
	button.className = "send";
	button.disabled = true;
	button.onclick = () => typeBlock(block);
	block.after(button);
}

async function typeBlock(block) {
	const terminal = terminals[block.dataset.terminal];

	if (terminal.prompt() === null)
		return say(words.busy);
	say("");
	const seen = [];
	const line = await play(block.textContent, terminal, bound, (one) => seen.push(one));
	if (line !== null)
		say(words.elsewhere(terminal.prompt(), line));
	block.dispatchEvent(new CustomEvent("typed", { detail: { line, seen }, bubbles: true }));
}

// --- the machine --------------------------------------------------------------------

// Why the machine cannot run here, or null.
function whyNot() {
	if (typeof WebAssembly !== "object")
		return words.noWasm;
	if (navigator.deviceMemory < 1) // in GB, where a browser tells
		return words.noMemory;
	return null;
}

// Load the state from which the machine continues. The bar shows how much of it has arrived.
async function loadState() {
	const response = await fetch("state.bin.zst");
	const size = Number(response.headers.get("Content-Length"));
	const reader = response.body.getReader();
	const parts = [];
	let length = 0;

	if (!response.ok)
		throw new Error(response.statusText);
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		parts.push(part.value);
		length += part.value.length;
		if (size)
			at("bar").value = length / size;
	}
	return new Blob(parts).arrayBuffer();
}

async function startMachine() {
	const screens = await (await fetch("screens.json")).json();
	const buffer = await loadState();
	const machine = new V86({
		wasm_path: "lib/v86.wasm",
		memory_size: MEMORY,
		vga_memory_size: 1 << 20,
		initial_state: { buffer },
		uart1: true,
		uart2: true,
		uart3: true,
		disable_keyboard: true,
		disable_mouse: true,
		disable_speaker: true,
		autostart: true,
	});

	await new Promise((resolve) => machine.add_listener("emulator-started", resolve));
	for (const [i, terminal] of [terminals.container, terminals.host].entries()) {
		terminal.connect(machine); // first: busybox's sh asks this screen where the cursor is
		terminal.xterm.write(screens[i]);
	}
	machine.serial_send_bytes(2, new TextEncoder().encode(`date -s @${Math.floor(Date.now() / 1000)}\n`));
	// Only the first chapter begins in the container.
	if (location.hash && location.hash.slice(1) !== document.querySelector("#text > section").id)
		terminals.container.send("exit\r");
}

// --- the page -----------------------------------------------------------------------

// F6 moves the focus to the next of three places, and Shift+F6 to the previous one.
function moveFocus(event) {
	if (event.key !== "F6")
		return;
	const places = [at("text"), terminals.container.xterm.textarea, terminals.host.xterm.textarea];
	const here = places.findIndex((place) => place.contains(document.activeElement));
	const next = here + (event.shiftKey ? places.length - 1 : 1);
	places[next % places.length].focus();
	event.preventDefault();
}

async function main() {
	document.documentElement.lang = language;
	document.title = at("title").textContent = words.title;
	at("bar").setAttribute("aria-label", words.loading);
	at("chapters").setAttribute("aria-label", words.chapter);
	await loadText();
	const why = whyNot();
	if (why)
		return fail(why);

	say(words.loading);
	["container", "host"].forEach((name, line) => {
		at(name).setAttribute("aria-label", words[name]);
		at(name).previousElementSibling.textContent = words[name];
		terminals[name] = new SerialTerminal(at(name), line, words[name]);
		new ResizeObserver(() => terminals[name].fit.fit()).observe(at(name));
	});
	window.addEventListener("keydown", moveFocus);
	try {
		await startMachine();
	} catch (error) {
		console.error(error);
		return fail(error instanceof RangeError ? words.noMemory : words.noState);
	}
	at("bar").hidden = true;
	document.querySelectorAll(".send").forEach((button) => (button.disabled = false));
	say(words.ready);
}

function fail(why) {
	at("bar").hidden = true;
	say(why);
}

window.terminals = terminals; // for the test, and for the curious
main();
