#!/bin/sh
# SPDX-License-Identifier: MIT
# input: write to the file that is stdin, though it was given to be read.
echo 'of the container' 2>/dev/null >/proc/self/fd/0
