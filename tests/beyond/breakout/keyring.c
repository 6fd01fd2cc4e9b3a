/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * keyring plant COMMAND...: on the host, run COMMAND in a session that has a key.
 * keyring: read that key.
 */
#include "attack.h"

#include <linux/keyctl.h>

#define KEY "breakout"

static void plant(char *command[])
{
	if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) < 0 ||
	    syscall(SYS_add_key, "user", KEY, "secret", 6,
		    KEY_SPEC_SESSION_KEYRING) < 0)
		err(NOT_TRIED, "make a key");
	execvp(*command, command);
	err(NOT_TRIED, "%s", *command);
}

int main(int argc, char *argv[])
{
	char secret[16];
	long key;

	if (argc > 2)
		plant(argv + 2);
	key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING,
		      "user", KEY, 0);
	if (key < 0)
		return HELD;
	return syscall(SYS_keyctl, KEYCTL_READ, key, secret, sizeof secret) == 6
		       ? OUT
		       : HELD;
}
