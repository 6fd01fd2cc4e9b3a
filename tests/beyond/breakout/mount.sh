#!/bin/sh
# SPDX-License-Identifier: MIT
# mount DIR: mount something. Whether the host has it then, it sees.
mount -t tmpfs none "$1" 2>/dev/null || exit 1
