/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * Is this busybox one that runs in an empty tree? Its ELF header tells. Started
 * from the wrong one, the kernel would say "No such file or directory" and mean
 * the loader, and whoever reads that looks for the wrong file.
 */
#include "rootfs.h"
#include "lesson.h"

#include <link.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Does the ELF file FD ask for a dynamic loader? Says what is wrong, or NULL. */
static const char *loader_problem(int fd, const ElfW(Ehdr) * elf)
{
	ElfW(Phdr) part;

	for (int i = 0; i < elf->e_phnum; i++) {
		off_t at = (off_t)(elf->e_phoff + (size_t)i * sizeof part);

		ssize_t n = pread(fd, &part, sizeof part, at);

		if (n != sizeof part)
			return n < 0 ? strerror(errno) : "cut short";
		if (part.p_type == PT_INTERP)
			return "dynamically linked: the rootfs has no libraries for it";
	}
	return NULL;
}

/* What is wrong with the program FD, or NULL. This program itself shows what an
 * ELF file for this machine looks like. */
static const char *elf_problem(int fd)
{
	int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	ElfW(Ehdr) ours = { 0 }, elf = { 0 };
	ssize_t n;

	if (self < 0 || pread(self, &ours, sizeof ours, 0) != sizeof ours)
		err(1, "/proc/self/exe");
	close(self);
	n = pread(fd, &elf, sizeof elf, 0);
	if (n < 0)
		return strerror(errno);
	if (n < EI_NIDENT || memcmp(elf.e_ident, ELFMAG, SELFMAG))
		return "not an ELF program";
	if (elf.e_ident[EI_CLASS] != ours.e_ident[EI_CLASS] ||
	    elf.e_ident[EI_DATA] != ours.e_ident[EI_DATA] ||
	    elf.e_machine != ours.e_machine)
		return "a program for another kind of machine";
	if (elf.e_phentsize != sizeof(ElfW(Phdr)))
		return "not an ELF program that this one understands";
	return loader_problem(fd, &elf);
}

int busybox_open(const char *file, const char **problem)
{
	struct stat st;
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st)) {
		*problem = strerror(errno);
		return -1;
	}
	*problem = S_ISREG(st.st_mode) ? elf_problem(fd) : "not a file";
	if (!*problem && !(st.st_mode & S_IXOTH))
		*problem = "not executable for all (chmod +x)";
	if (!*problem)
		return fd;
	close(fd);
	return -1;
}

const char *busybox_find(void)
{
	static const char *const places[] = {
		"/bin/busybox",	       "/usr/bin/busybox",
		"/usr/sbin/busybox",   "/usr/local/bin/busybox",
		"/bin/busybox.static", NULL
	};
	const char *problem;

	for (const char *const *place = places; *place; place++) {
		int fd = busybox_open(*place, &problem);

		if (fd >= 0) {
			close(fd);
			return *place;
		}
	}
	return NULL;
}

void busybox_list(int busybox, const char *file, char *list, size_t size)
{
	char *argv[] = { "busybox", "--list", NULL };
	int out[2], status;
	size_t len = 0;
	ssize_t n = 0;
	pid_t pid;

	if (pipe2(out, O_CLOEXEC) || (pid = fork()) < 0)
		err(1, "run %s", file);
	if (pid == 0) {
		dup2(out[1], STDOUT_FILENO);
		fexecve(busybox, argv, environ);
		_exit(127);
	}
	close(out[1]);
	while (len < size - 1 &&
	       (n = read(out[0], list + len, size - 1 - len)) > 0)
		len += (size_t)n;
	list[len] = 0;
	close(out[0]);
	if (n < 0 || waitpid(pid, &status, 0) < 0)
		err(1, "%s --list", file);
	if (status || !len)
		errx(1, "%s --list: gave no list; is it a whole busybox?",
		     file);
}
