// SPDX-License-Identifier: MIT
//
// terminal.js - a terminal of the page, and the serial line of the machine that it shows.

import { FitAddon } from "./lib/addon-fit.mjs";
import { Terminal } from "./lib/xterm.mjs";
import { PROMPT } from "./blocks.js";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const COLOURS = {
	light: { background: "#fdfdfb", foreground: "#1c1c1c", cursor: "#1c1c1c", selectionBackground: "#b5d5ff" },
	dark: { background: "#16181d", foreground: "#e4e4e4", cursor: "#e4e4e4", selectionBackground: "#3a5378" },
};
const colours = () => COLOURS[DARK.matches ? "dark" : "light"];

export class SerialTerminal {
	// element: where it is drawn; line: the number of the serial line.
	constructor(element, line, label) {
		this.line = line;
		this.xterm = new Terminal({
			fontSize: 13,
			scrollback: 5000,
			minimumContrastRatio: 4.5, // programs choose colours for dark terminals
			screenReaderMode: true,
			theme: colours(),
		});
		this.fit = new FitAddon();
		this.xterm.loadAddon(this.fit);
		this.xterm.open(element);
		this.xterm.textarea.setAttribute("aria-label", label);
		this.xterm.attachCustomKeyEventHandler((event) => this.key(event));
		DARK.addEventListener("change", () => (this.xterm.options.theme = colours()));
	}

	// Keys for the page, and not for the shell: Ctrl+C if something is selected, Ctrl+V, and
	// F6, by which the focus leaves the terminal, since the shell needs Tab.
	key(event) {
		const letter = event.ctrlKey && event.key.toLowerCase();

		if (letter === "c" && this.xterm.hasSelection()) {
			if (event.type === "keydown") {
				navigator.clipboard?.writeText(this.xterm.getSelection());
				this.xterm.clearSelection();
				event.preventDefault();
			}
			return false;
		}
		return letter !== "v" && event.key !== "F6";
	}

	// From now on, show what arrives on the machine's line, and send what is typed.
	connect(machine) {
		const bytes = new TextEncoder();
		const characters = new TextDecoder();
		const size = () => machine.serial_send_bytes(2, bytes.encode(
			`stty -F /dev/ttyS${this.line} cols ${this.xterm.cols} rows ${this.xterm.rows}\n`));

		this.send = (text) => machine.serial_send_bytes(this.line, bytes.encode(text));
		machine.add_listener(`serial${this.line}-output-byte`, (byte) =>
			this.xterm.write(characters.decode(Uint8Array.of(byte), { stream: true })));
		this.xterm.onData(this.send);
		this.xterm.onResize(size);
		size();
	}

	// The prompt at which the cursor stands, or null while a command runs.
	prompt() {
		const { active } = this.xterm.buffer;
		const before = active.getLine(active.baseY + active.cursorY)
			.translateToString(false, 0, active.cursorX);

		return PROMPT.test(before) ? before.trimEnd() : null;
	}

	// Type a line, and wait for the next prompt. Returns what was printed in between. The
	// pause, such as a person would make, is for what the last line has started in the
	// background.
	async type(text) {
		await pause(300);
		const start = this.xterm.registerMarker(0);
		const { active } = this.xterm.buffer;

		this.send(text + "\r");
		while (active.baseY + active.cursorY === start.line || this.prompt() === null)
			await pause(50);
		const lines = this.lines(start.line, active.baseY + active.cursorY);
		start.dispose();
		return lines.slice(1).join("\n"); // without the line that was typed
	}

	// The lines from row "from" to the row before "to". A line that the edge has broken is
	// put together.
	lines(from, to) {
		const lines = [];

		for (let row = from; row < to; row++) {
			const line = this.xterm.buffer.active.getLine(row);
			const next = this.xterm.buffer.active.getLine(row + 1);
			const text = line.translateToString(!next?.isWrapped);
			if (line.isWrapped && lines.length)
				lines[lines.length - 1] += text;
			else
				lines.push(text);
		}
		return lines;
	}
}
