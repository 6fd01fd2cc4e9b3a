#!/bin/sh
# SPDX-License-Identifier: MIT
# interface NAME: see an interface of the host's.
[ -e "/sys/class/net/$1" ]
