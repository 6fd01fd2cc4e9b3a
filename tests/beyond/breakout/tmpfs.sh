#!/bin/sh
# SPDX-License-Identifier: MIT
# tmpfs DIR MEGABYTES: use so much memory, for files in DIR.
dd if=/dev/zero of="$1/breakout" bs=1024k count="$2" 2>/dev/null
result=$?
rm -f "$1/breakout"
exit $result
