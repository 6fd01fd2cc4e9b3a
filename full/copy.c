/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beyond the article: this program's own file, kept away from the container.
 *
 * /proc/self/exe is the file a process was started from, whatever its root is now. A
 * COMMAND that is a script for the interpreter /proc/self/exe starts that file once
 * more, inside, and so holds a file of the host's. It belongs to whoever built it,
 * who may well be root in there, and the host's root runs it next time. (CVE-2019-5736
 * was this, in runc.) So the file that we run is a copy in memory, and sealed.
 */
#include "container.h"
#include "lesson.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

/* A copy, in memory, of the file SELF is open on. */
static int sealed_copy(int self)
{
	int fd = memfd_create("container", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	ssize_t n;

	if (fd < 0)
		err(1, "copy this program");
	while ((n = sendfile(fd, self, NULL, 1 << 20)) > 0)
		;
	if (n < 0 || fcntl(fd, F_ADD_SEALS, SEALS))
		err(1, "copy this program");
	return fd;
}

void run_as_copy(char *argv[])
{
	int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (self < 0)
		err(1, "/proc/self/exe");
	/* Only a file in memory has seals. */
	if (fcntl(self, F_GET_SEALS) == SEALS) {
		close(self);
		prctl(PR_SET_NAME, "container"); /* else ps has a number */
		return;
	}
	fexecve(sealed_copy(self), argv, environ);
	err(1, "run a copy of this program");
}
