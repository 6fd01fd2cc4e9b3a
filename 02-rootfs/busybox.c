/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Beside step 2: find a static busybox, and ask it for its applets. The lesson can be
 * read without this file.
 *
 * A dynamic busybox would fail in the container with "No such file or directory", because
 * its loader is missing there. The headers of an ELF file show whether it needs one. elf(5)
 */
#include "rootfs.h"
#include "lesson.h"

#include <link.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* The ELF header of this program, for comparison. The linker defines this symbol. ld(1) */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

/* Returns what is wrong with the program FD, or NULL. */
static const char *elf_problem(int fd)
{
	ElfW(Ehdr) elf;
	ElfW(Phdr) part;
	ssize_t n = pread(fd, &elf, sizeof elf, 0);

	if (n < 0)
		return strerror(errno);
	/* The bytes before EI_OSABI are a magic number, the word size, the byte order and the
	 * version of ELF. */
	if (n != sizeof elf ||
	    memcmp(elf.e_ident, __ehdr_start.e_ident, EI_OSABI) ||
	    elf.e_machine != __ehdr_start.e_machine)
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

/* Returns what is wrong with the file FD, or NULL. FD is what open(2) returned, -1 on error. */
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
		     "%s: %s; install a static one (Debian: apt install busybox-static; elsewhere busybox or busybox-static), or give --busybox FILE",
		     file, problem);
	return fd;
}

const char *busybox_find(const char *given)
{
	static const char *const places[] = {
		"/bin/busybox",	       "/usr/bin/busybox",
		"/usr/sbin/busybox",   "/usr/local/bin/busybox",
		"/bin/busybox.static", "/usr/bin/busybox-static",
	};
	char *path;

	if (given && *given != '/' &&
	    asprintf(&path, "%s/%s", getcwd(NULL, 0), given) >= 0)
		return path;
	if (given)
		return given;
	/* What is opened here is closed when the program ends. */
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (!file_problem(open(places[i], O_RDONLY | O_CLOEXEC)))
			return places[i];
	return places[0]; /* busybox_open() says what is wrong with it */
}

char *busybox_list(int busybox, const char *file)
{
	static char list[65536];
	char *argv[] = { "busybox", "--list", NULL };
	/* The child writes the list to a file in memory, from which we read it afterwards. */
	int out = memfd_create("list", MFD_CLOEXEC), status;
	ssize_t n;
	pid_t pid;

	/* waitpid() fails where SIGCHLD is ignored, and our caller may ignore it. */
	signal(SIGCHLD, SIG_DFL);
	if (out < 0 || (pid = fork()) < 0)
		err(1, "%s --list", file);
	if (pid == 0) {
		if (dup2(out, STDOUT_FILENO) >= 0)
			fexecve(busybox, argv, environ);
		err(127, "%s", file);
	}
	if (waitpid(pid, &status, 0) < 0 ||
	    (n = pread(out, list, sizeof list - 1, 0)) < 0)
		err(1, "%s --list", file);
	list[n] = 0;
	if (WEXITSTATUS(status) == 127)
		exit(1); /* the child has said why */
	if (status || !*list)
		errx(1, "%s --list: no list; is it a whole busybox?", file);
	if (strchr(list, '/'))
		errx(1, "%s --list: a name with a slash in it", file);
	return list;
}
