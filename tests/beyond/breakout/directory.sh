#!/bin/sh
# SPDX-License-Identifier: MIT
# directory FILE: go up from the working directory, which might lie outside the root.
[ -e "../../../../../../../../../..$1" ]
