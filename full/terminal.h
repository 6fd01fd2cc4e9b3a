/* SPDX-License-Identifier: MIT */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* The launcher's side of the container's terminal, for attend.c. pty(7) */

/* One direction: what was read FROM and is still to be written TO. */
struct flow {
	int from, to;	   /* -1: closed */
	size_t start, end; /* of what waits, in bytes */
	char bytes[4096];
};

/* Does FLOW hold something that is still to be written? */
bool is_waiting(const struct flow *flow);

/* Read and write what can be without waiting; READABLE and WRITABLE are what poll(2)
 * said of the two ends, not 0 if it can be. False at the end of FROM. */
bool pass_on(struct flow *flow, short readable, short writable);

/* Pass on what is left, to the end; give up where nothing is taken for a second. */
void pass_rest(struct flow *flow);

/* If we are on a terminal: receive the container's by the socket LINE, make the host's
 * raw, and open IN and OUT between the two. Else they stay as they are. */
void terminal_connect(struct flow *in, struct flow *out, int line);

/* Give the container's terminal the size of the host's. TIOCSWINSZ(2const) */
void terminal_resize(const struct flow *in);

/* Put the host's terminal back; warns if that fails. termios(3) */
void terminal_restore(void);

#endif
