#!/bin/sh
# SPDX-License-Identifier: MIT
# environment: read what the caller had in its environment, such as a password.
grep -q of-the-host "/proc/$$/environ"
