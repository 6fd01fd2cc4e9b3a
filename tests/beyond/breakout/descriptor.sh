#!/bin/sh
# SPDX-License-Identifier: MIT
# descriptor NAME: is a directory of the host's, which has NAME in it, still open?
for fd in "/proc/$$/fd"/*; do
	[ ! -e "$fd/$1" ] || exit 0
done
exit 1
