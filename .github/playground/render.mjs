// SPDX-License-Identifier: MIT
//
// render.mjs TEXT REPOSITORY: write the chapters of TEXT (TUTORIAL.md) as HTML, each a
// <section>. Links to files lead to REPOSITORY, an address, or are left out if that is "".

import fs from "node:fs";
import { Marked } from "marked";

const [file, repository] = process.argv.slice(2);
const text = fs.readFileSync(file, "utf8");

const escape = (raw) => raw.replace(/&/g, "&amp;").replace(/</g, "&lt;");

// The anchor that GitHub makes of a heading.
const slug = (heading) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");

// A chapter's address is the name of its folder: #06-veth.
const address = (heading) => heading.match(/(\d\d-[a-z]+|: full)$/)?.[0].replace(": ", "") ?? slug(heading);

const chapters = text.split(/^## /m).slice(1);
const headings = chapters.map((chapter) => chapter.slice(0, chapter.indexOf("\n")));
const addresses = new Map(headings.map((heading) => [slug(heading), address(heading)]));

const marked = new Marked({
	renderer: {
		code({ text, lang }) {
			const [language, where] = (lang ?? "").split(" ");
			// A block for one version of cgroups is typed on the host.
			const terminal = where === "container" ? "container" : "host";

			if (language !== "console" || where === "v1")
				return `<pre tabindex="0">${escape(text)}</pre>\n`;
			return `<pre tabindex="0" data-terminal="${terminal}">${escape(text)}</pre>\n`;
		},
		link({ href, tokens }) {
			const words = this.parser.parseInline(tokens);

			if (href.startsWith("#"))
				href = `#${addresses.get(decodeURIComponent(href.slice(1))) ?? href.slice(1)}`;
			else if (!/^https?:/.test(href))
				href = repository && `${repository}/blob/HEAD/${href}`;
			return href ? `<a href="${href}">${words}</a>` : words;
		},
	},
});

chapters.forEach((chapter, i) => {
	console.log(`<section id="${address(headings[i])}">\n${marked.parse(`## ${chapter}`)}</section>`);
});
