/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * outlive HOW NAME: go on after the launcher was killed, and so for ever. By "prctl" it
 * withdraws the request to be killed then; by "thread" it starts the next program from a
 * second thread, which has made no such request. NAME is for the host to find it by.
 */
#include "attack.h"

#include <pthread.h>
#include <sys/prctl.h>

static char *name;

static void *stay(void *unused)
{
	execl("/proc/self/exe", "outlive", "stay", name, NULL);
	err(NOT_TRIED, "exec");
	return unused;
}

int main(int argc, char *argv[])
{
	pthread_t thread;

	if (argc != 3)
		return NOT_TRIED;
	name = argv[2];
	if (!strcmp(argv[1], "prctl")) {
		prctl(PR_SET_PDEATHSIG, 0);
		stay(NULL);
	}
	if (!strcmp(argv[1], "thread") &&
	    pthread_create(&thread, NULL, stay, NULL))
		err(NOT_TRIED, "thread");
	sleep(20);
	return HELD;
}
