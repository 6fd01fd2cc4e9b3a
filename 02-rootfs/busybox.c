/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 2: find a static busybox, and ask it for its applets. The lesson can be
 * read without this file.
 *
 * A dynamic busybox fails in the container with "No such file or directory": what is
 * missing is its loader. So look into its ELF header. elf(5)
 */
#include "rootfs.h"
#include "lesson.h"

#include <link.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* What is wrong with the program FD, or NULL. Its header is compared with the header of this
 * program, which certainly is one for this machine. */
static const char *elf_problem(int fd)
{
	int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	ElfW(Ehdr) ours, elf;
	ElfW(Phdr) part;
	ssize_t n;

	if (self < 0 || pread(self, &ours, sizeof ours, 0) != sizeof ours)
		err(1, "/proc/self/exe");
	close(self);
	n = pread(fd, &elf, sizeof elf, 0);
	if (n < 0)
		return strerror(errno);
	/* The bytes before EI_OSABI say: ELF, 32 or 64 bits, the byte order. */
	if (n != sizeof elf || memcmp(elf.e_ident, ours.e_ident, EI_OSABI) ||
	    elf.e_machine != ours.e_machine)
		return "not an ELF program for this machine";

	for (size_t i = 0; i < elf.e_phnum; i++) {
		n = pread(fd, &part, sizeof part,
			  (off_t)(elf.e_phoff + i * sizeof part));
		if (n != sizeof part)
			return n < 0 ? strerror(errno) : "cut short";
		if (part.p_type == PT_INTERP) /* the name of a loader */
			return "dynamically linked: the rootfs has no libraries for it";
	}
	return NULL;
}

/* What is wrong with the file that FD was opened on, or NULL. FD may be -1, if open() failed:
 * then it is errno. */
static const char *file_problem(int fd)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st))
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "not a file";
	if (!(st.st_mode & S_IXOTH))
		return "not executable for all (chmod +x)";
	return elf_problem(fd);
}

int busybox_open(const char *file)
{
	/* O_NONBLOCK: if FILE is a FIFO, do not wait for a writer. */
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	const char *problem = file_problem(fd);

	if (problem)
		errx(1,
		     "%s: %s; a static one: apt install busybox-static, then --busybox /bin/busybox",
		     file, problem);
	return fd;
}

const char *busybox_find(void)
{
	static const char *const places[] = {
		"/bin/busybox",	       "/usr/bin/busybox",
		"/usr/sbin/busybox",   "/usr/local/bin/busybox",
		"/bin/busybox.static",
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		int fd = open(places[i], O_RDONLY | O_CLOEXEC);
		bool good = !file_problem(fd);

		close(fd);
		if (good)
			return places[i];
	}
	errx(1,
	     "no static busybox found: apt install busybox-static (elsewhere: busybox or busybox-static), or give --busybox FILE");
}

char *busybox_list(int busybox, const char *file)
{
	static char list[65536];
	char *argv[] = { "busybox", "--list", NULL };
	int out[2], status;
	FILE *output;
	size_t length;
	pid_t pid;

	/* If our caller ignores SIGCHLD so do we, and then waitpid() fails. */
	signal(SIGCHLD, SIG_DFL);
	if (pipe2(out, O_CLOEXEC) || (pid = fork()) < 0)
		err(1, "%s --list", file);
	if (pid == 0) {
		if (dup2(out[1], STDOUT_FILENO) >= 0)
			fexecve(busybox, argv, environ);
		err(127, "%s", file);
	}
	close(out[1]);
	output = fdopen(out[0], "r");
	if (!output)
		err(1, "%s --list", file);
	length = fread(list, 1, sizeof list - 1, output);
	list[length] = 0;
	if (ferror(output) || fclose(output) || waitpid(pid, &status, 0) < 0)
		err(1, "%s --list", file);
	if (WEXITSTATUS(status) == 127)
		exit(1); /* the child has said why */
	if (status || !*list)
		errx(1, "%s --list: no list; is it a whole busybox?", file);
	if (strchr(list, '/'))
		errx(1, "%s --list: a name with a slash in it", file);
	return list;
}
