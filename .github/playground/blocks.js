// SPDX-License-Identifier: MIT
//
// blocks.js - the tutorial's console blocks: which of their lines are typed, and whether
// what is printed is as shown. tests/beyond/tutorial/run has the same rules, and says
// what "…" and the numbers 4700 to 4799 and 40265nnnnn stand for.

const STAND_IN = /(?<!\d)(47\d\d|40265\d{5})(?!\d)/g;

// A line with nothing but a prompt: of bash, of root's sh, or of busybox's sh.
export const PROMPT = /^(\$|#|\S+ #) $/;

// The text, in which each stand-in that has a value is replaced by it.
function filledIn(text, bound) {
	return text.replace(STAND_IN, (name) => bound[name] ?? name);
}

// The text with one blank for several, none at the ends of lines, and no empty lines at the end.
function tidy(text) {
	const lines = text.split("\n").map((line) => line.replace(/\s+/g, " ").replace(/ $/, ""));

	return lines.join("\n").replace(/\n*$/, "\n");
}

// The regular expression for what is shown. A stand-in without a value becomes a group, and is
// added to names.
function pattern(shown, bound, names) {
	const lines = tidy(shown).split("\n").slice(0, -1).map((line) => {
		if (line === "…")
			return "(?:[^]*\\n)?";
		line = line.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll("…", "[^\\n]*");
		line = line.replace(STAND_IN, (name) => {
			if (bound[name])
				return bound[name];
			names.push(name);
			return "(\\d+)";
		});
		return line + "\\n";
	});

	return new RegExp(`^${lines.join("")}$`);
}

// Is what was printed as shown? If so, the stand-ins get their values in bound.
export function matches(printed, shown, bound) {
	const names = [];
	const found = pattern(shown, bound, names).exec(tidy(printed));
	const values = { ...bound };

	const same = found && names.every((name, i) => {
		values[name] ??= found[i + 1];
		return values[name] === found[i + 1];
	});
	if (same)
		Object.assign(bound, values);
	return Boolean(same);
}

// Type a block's commands one after the other. A command is a line that begins with the prompt
// of the terminal at that moment. If it ends in \, the next line belongs to it. Calls
// done({ typed, shown, printed, matched }) after each. Returns null, or the line that could not
// be typed because the terminal has another prompt.
export async function play(text, terminal, bound, done) {
	const lines = text.replace(/\n$/, "").split("\n");

	while (lines.length) {
		const prompt = terminal.prompt() + " ";
		if (!lines[0].startsWith(prompt))
			return lines[0];
		let typed = lines.shift().slice(prompt.length);
		while (typed.endsWith("\\") && lines.length)
			typed = typed.slice(0, -1) + lines.shift();
		typed = filledIn(typed, bound);

		const printed = await terminal.type(typed);
		const shown = [];
		while (lines.length && !lines[0].startsWith(terminal.prompt() + " "))
			shown.push(lines.shift());
		const matched = matches(printed, shown.join("\n"), bound);
		done({ typed, shown: shown.join("\n"), printed, matched });
	}
	return null;
}
