/* SPDX-License-Identifier: MIT */
#include "../01-unshare/unshare.h"
