/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * pairs ROUNDS FILE: run the commands in FILE, one on each line, ROUNDS times, in turn:
 * what disturbs the machine disturbs all of them. In each round they come in another
 * order, for one may leave the kernel busy, or warm, for the next. A line is a name, a tab, and words
 * with blanks between them. Prints, for each run, the name, the microseconds from fork
 * to the end, and the microseconds from fork to what the command printed: a time by
 * the clock that never is set, in nanoseconds, or 0.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void run(const char *name, char *argv[])
{
	char said[64] = "";
	int out[2], null = open("/dev/null", O_RDWR | O_CLOEXEC), status;
	long long from, inside, end;
	pid_t pid;

	if (null < 0 || pipe2(out, O_CLOEXEC))
		err(1, "pipe");
	from = now();
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		/* For a file or a terminal, some programs would start more processes. */
		dup2(null, STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execvp(argv[0], argv);
		err(127, "%s", argv[0]);
	}
	if (waitpid(pid, &status, 0) < 0)
		err(1, "wait");
	end = now();
	close(null);
	if (status)
		errx(1, "%s: status %d", name, status);
	close(out[1]);
	if (read(out[0], said, sizeof said - 1) < 0)
		err(1, "read");
	close(out[0]);
	inside = atoll(said);
	printf("%s\t%lld\t%lld\n", name, (end - from) / 1000,
	       inside ? (inside - from) / 1000 : 0);
}

static void shuffle(int order[], int count)
{
	for (int i = count - 1; i > 0; i--) {
		int j = rand() % (i + 1), one = order[i];

		order[i] = order[j];
		order[j] = one;
	}
}

int main(int argc, char *argv[])
{
	static char lines[32][2048];
	static char *words[32][128];
	int order[32], count = 0, rounds;
	FILE *file;

	if (argc != 3 || (rounds = atoi(argv[1])) < 1)
		errx(2, "ROUNDS FILE wanted");
	file = fopen(argv[2], "re");
	if (!file)
		err(1, "%s", argv[2]);
	for (char *text; count < 32 && fgets(lines[count], sizeof *lines, file);
	     count++) {
		int n = 0;

		text = lines[count];
		words[count][n++] = strsep(&text, "\t");
		while (n < 127 &&
		       (words[count][n] = strtok(n == 1 ? text : NULL, " \n")))
			n++;
		order[count] = count;
	}
	fclose(file);
	while (rounds-- > 0) {
		shuffle(order, count);
		for (int i = 0; i < count; i++)
			run(words[order[i]][0], words[order[i]] + 1);
	}
	return 0;
}
