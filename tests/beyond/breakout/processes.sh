#!/bin/sh
# SPDX-License-Identifier: MIT
# processes PID: lift what is mounted on /proc, and see what lies below: the process PID
# of the host's, with its command line.
while [ ! -e "/proc/$1/cmdline" ]; do
	umount /proc 2>/dev/null || exit 1
done
