#!/bin/sh
# SPDX-License-Identifier: MIT
# remount DIR: make something that is mounted read-only, DIR or /sys, writable.
for place in "$1" /sys; do
	grep -q " $place [^ ]* ro[, ]" /proc/mounts || continue
	mount -o remount,bind,rw "$place" 2>/dev/null ||
		mount -o remount,rw "$place" 2>/dev/null
	grep -q " $place [^ ]* ro[, ]" /proc/mounts || exit 0
done
exit 1
