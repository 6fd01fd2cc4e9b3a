/* SPDX-License-Identifier: MIT */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>

#define CTRL_D 4

/* What terminal.c and relay.c share. pty(7) */

/* The first descriptor from FD on, of stdin, stdout and stderr, that is a terminal; or
 * -1. */
int terminal_from(int fd);

/* Does a person sit there, rather than one end of a pipeline? */
bool is_interactive(void);

/* Pass on what is typed and printed, to the container's TERMINAL and from it, until no
 * process has that open any more, or until SIGTERM. Uses this process's stdin, and the
 * first terminal of stdout and stderr. */
void relay_bytes(int terminal);

#endif
