// SPDX-License-Identifier: MIT
//
// test.mjs FOLDER: open the page of FOLDER in chromium, click the button of every block, and
// compare what is printed with what is shown. Prints TAP.

import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { matches } from "./blocks.js";

const folder = process.argv[2];
const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync"];

// Blocks that cannot be typed there, and those that print something else. Each is given by a
// command in it, with the reason.
const CANNOT = {
	"make workshop": "the machine has no compiler",
};
const DIFFERS = {
	"trace=sendto": "on i386, libc's send() is the system call socketcall",
	"trace=clone3,setresuid": "on i386, setresuid() is the system call setresuid32",
};

// --- a web server and a browser ------------------------------------------------------

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
	".wasm": "application/wasm", ".svg": "image/svg+xml", ".json": "application/json" };

const server = http.createServer((request, response) => {
	const name = new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html");

	fs.readFile(path.join(folder, path.normalize(name)), (error, content) => {
		response.writeHead(error ? 404 : 200, { "Content-Length": content?.length ?? 0, "Content-Type": TYPES[path.extname(name)] ?? "text/plain" });
		response.end(content);
	});
}).listen(0, "localhost");
await new Promise((resolve) => server.on("listening", resolve));
const address = `http://localhost:${server.address().port}/`;
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "playground-"));

let number = 0;
let failed = 0;

function result(ok, words, told = "") {
	console.log(`${ok ? "ok" : "not ok"} ${++number} - ${words}`);
	process.stdout.write(ok ? "" : told.replace(/^/gm, "#   ") + "\n");
	failed += !ok;
}

// Open the page at an address in a new browser, and wait until the machine runs.
async function open(hash, options) {
	const browser = await chromium.launchPersistentContext(fs.mkdtempSync(path.join(profile, "of-")), {
		executablePath: "/usr/bin/chromium", chromiumSandbox: false, args: FLAGS, ...options,
	});
	const page = browser.pages()[0];

	page.setDefaultTimeout(600000);
	browser.on("request", (request) => {
		if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address))
			result(false, `nothing is fetched from elsewhere: ${request.url()}`);
	});
	page.on("pageerror", (error) => result(false, `an error in the page: ${error}`));
	await page.goto(address + hash);
	await page.waitForSelector(".send:enabled", { state: "attached" });
	return [browser, page];
}

// Type a line in a terminal; what is printed.
const type = (page, name, line) =>
	page.evaluate(([name, line]) => window.terminals[name].type(line), [name, line]);

// --- the blocks ----------------------------------------------------------------------

// Click a block's button. What was typed and seen, and the line that could not be typed.
const click = (page, i) => page.evaluate(async (i) => {
	const block = document.querySelectorAll("[data-terminal]")[i];
	const typed = new Promise((resolve) => block.addEventListener("typed", resolve, { once: true }));

	location.hash = block.closest("section").id;
	block.nextElementSibling.click();
	return (await typed).detail;
}, i);

async function testBlocks(page) {
	const blocks = await page.$$eval("[data-terminal]", (all) => all.map((one) => [one.closest("section").id, one.textContent]));
	let passed = 0;
	const cannot = [];

	for (const [i, [chapter, text]] of blocks.entries()) {
		if (i === 0) { // typed when the state was made
			const screen = JSON.parse(fs.readFileSync(path.join(folder, "screens.json")))[0];
			const ok = screen.startsWith(text.replace(/…\n?$/, "").replaceAll("\n", "\r\n"));
			passed += ok;
			result(ok, `${chapter}: ${text.split("\n")[0]}`, screen);
			continue;
		}
		const begins = `${chapter}: ${text.split("\n")[0]}`;
		const reason = (list) => Object.entries(list).find(([command]) => text.includes(command))?.[1];
		if (reason(CANNOT)) {
			cannot.push(`${begins}: ${reason(CANNOT)}`);
			continue;
		}
		const { line, seen } = await click(page, i);
		const wrong = seen.filter((one) => !one.matched);
		// A comparison that always agrees would prove nothing.
		const blind = seen.filter((one) => matches(one.printed, one.shown + "\nnot printed\n", {}));
		const ok = line === null && !wrong.length && !blind.length;
		passed += ok;
		if (reason(DIFFERS)) {
			result(!ok, `${begins} # differs: ${reason(DIFFERS)}`, "it passes, and the list says that it differs");
			continue;
		}
		result(ok, begins, [
			line === null ? "" : `not at this prompt: ${line}`,
			...wrong.map((one) => `${one.typed}\nshown:\n${one.shown}\nprinted:\n${one.printed}`),
		].join("\n"));
	}
	const tried = blocks.length - cannot.length;
	cannot.forEach((one) => console.log(`# not tried: ${one}`));
	result(passed >= 0.95 * tried, `${passed} of ${tried} blocks pass`);
}

// --- the page ------------------------------------------------------------------------

const begun = Date.now();
// Wide, since the text shows what is printed in a terminal of 110 columns.
const [browser, page] = await open("", { locale: "en", viewport: { width: 2700, height: 1000 } });
const pid = await type(page, "container", "echo $$"); // starts no process, which would take pid 2
console.log(`# a prompt in the container after ${(Date.now() - begun) / 1000} s`);
result(pid === "1", "it begins in the container", pid);
const size = await page.evaluate(() => `${window.terminals.host.xterm.rows} ${window.terminals.host.xterm.cols}`);
let stty = "";
for (let tries = 0; stty !== size && tries < 100; tries++)
	stty = await type(page, "host", "stty size");
result(stty === size, "a terminal's size is known to its programs", `${stty}, not ${size}`);
await page.evaluate(() => document.querySelector("#container textarea").focus());
await page.keyboard.type("echo by keys\n");
await page.waitForFunction(() => window.terminals.container.xterm.buffer.active.getLine(
	window.terminals.container.xterm.buffer.active.cursorY - 1)?.translateToString(true) === "by keys");
result(true, "keys come to the container");
await page.keyboard.press("F6");
result(await page.evaluate(() => document.activeElement.closest("#host") !== null), "F6 goes on to the other terminal");
await testBlocks(page);
await browser.close();

const [other, chapter] = await open("#06-veth", { locale: "ru", viewport: { width: 390, height: 844 } });
const shown = await chapter.$$eval("#text > section", (all) => all.filter((one) => !one.hidden).map((one) => one.textContent));
result(shown.length === 1 && shown[0].includes("6. Кабель"), "a link to a chapter opens with it, in the browser's language");
await chapter.waitForFunction(() => window.terminals.container.prompt() === "$");
result(true, "and at the prompt that it begins with");
result(await chapter.evaluate(() => document.documentElement.scrollWidth) <= 390, "nothing is wider than a phone");
await other.close();

console.log(`1..${number}`);
server.close();
fs.rmSync(profile, { recursive: true });
process.exit(failed ? 1 : 0);
