// SPDX-License-Identifier: MIT
//
// state.mjs KERNEL INITRD SEABIOS FOLDER: boot the machine, type what the tutorial
// begins with, and write to FOLDER its state at that moment (state.bin) and what its
// terminals show (screens.json).

import fs from "node:fs";
import { V86 } from "v86";

const [kernel, initrd, seabios, folder] = process.argv.slice(2);
const file = (path) => ({ buffer: new Uint8Array(fs.readFileSync(path)).buffer });

// What a kernel does against attackers and for debugging costs an emulated one a lot.
const options = `quiet panic=-1 console=ttyS3 cgroup_no_v1=all mitigations=off nopti nosmap nosmep
	init_on_alloc=0 randomize_kstack_offset=off norandmaps kfence.sample_interval=0 audit=0
	apparmor=0 pnpbios=off rcupdate.rcu_expedited=1`;

const machine = new V86({
	wasm_path: "node_modules/v86/build/v86.wasm",
	memory_size: 128 << 20,
	vga_memory_size: 1 << 20,
	bios: file(`${seabios}/bios.bin`),
	vga_bios: file(`${seabios}/vgabios-stdvga.bin`),
	bzimage: file(kernel),
	initrd: file(initrd),
	cmdline: options.replace(/\s+/g, " "),
	uart1: true,
	uart2: true,
	uart3: true,
	disable_speaker: true,
	autostart: true,
});

// What has arrived on each serial line.
const seen = ["", "", "", ""];
seen.forEach((_, line) => {
	machine.add_listener(`serial${line}-output-byte`, (byte) => {
		seen[line] += String.fromCharCode(byte);
		if (line === 3)
			process.stderr.write(String.fromCharCode(byte));
	});
});

const send = (line, text) => machine.serial_send_bytes(line, new TextEncoder().encode(text));

// Wait until a line ends so. The escape is busybox's question, after its prompt, where the
// cursor is.
async function until(line, end) {
	for (let tries = 0; !seen[line].replace(/\r|\x1b\[6n/g, "").endsWith(end); tries++) {
		if (tries > 12000) // 20 minutes
			throw new Error(`no ${JSON.stringify(end)} on line ${line}: ${seen[line]}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

await until(2, "ready\n");
await until(0, "$ ");
await until(1, "$ ");
send(0, "make -s\r");
await until(0, "make -s\n$ ");
send(0, "sudo make run\r");
await until(0, "/ # ");

// Memory that is all zeros takes no room in the state.
send(2, `mount -t tmpfs -o size=100% none /mnt
head -c $(($(sed -n 's/^MemFree: *\\([0-9]*\\) .*/\\1/p' /proc/meminfo) - 5000))K /dev/zero >/mnt/zeros
umount /mnt; echo zeroed\n`);
await until(2, "zeroed\n");

await machine.stop();
fs.writeFileSync(`${folder}/state.bin`, new Uint8Array(await machine.save_state()));
fs.writeFileSync(`${folder}/screens.json`, JSON.stringify(seen.slice(0, 2)));
process.exit(0);
