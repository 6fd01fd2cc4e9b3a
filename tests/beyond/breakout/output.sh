#!/bin/sh
# SPDX-License-Identifier: MIT
# output: make the file that is stdout a program which runs as its owner, whoever starts it.
chmod 4755 /proc/self/fd/1 2>/dev/null
