/* SPDX-License-Identifier: MIT */
/* Without the macros. */
int exit_status(int status)
{
	int killed_by = status & 0x7f;

	return killed_by ? 0x80 | killed_by : status >> 8 & 0xff;
}
