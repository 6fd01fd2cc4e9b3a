/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What COMMAND lacks.
 *
 * A dynamic program whose loader is not in the rootfs, and a script whose interpreter is
 * not, both fail with "No such file or directory": the program is there, and what is
 * missing goes unnamed. And a program for another kind of processor is taken for a script:
 * execvp(3) has the shell run it.
 */
#include "../lesson.h"
#include "chapters.h"

#include <link.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* The head of the ELF file that this program was loaded from. ld(1) sets it. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

/* Open the file that execvp(3) finds for NAME. Returns -1 if there is none. */
static int open_program(const char *name)
{
	/* O_NONBLOCK: it may be a FIFO. */
	const int flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
	char dirs[PATH_MAX], path[2 * PATH_MAX], *rest = dirs, *dir;
	int fd = -1;

	if (strchr(name, '/'))
		return open(name, flags);
	snprintf(dirs, sizeof dirs, "%s", getenv("PATH"));
	while (fd < 0 && (dir = strsep(&rest, ":"))) {
		snprintf(path, sizeof path, "%s/%s", dir, name);
		fd = open(path, flags);
	}
	return fd;
}

/* The loader that the program FD names; NULL if it is no dynamic program. elf(5) */
static const char *loader(int fd)
{
	static char name[PATH_MAX];
	ElfW(Ehdr) elf;
	ElfW(Phdr) part;

	if (pread(fd, &elf, sizeof elf, 0) != sizeof elf ||
	    memcmp(elf.e_ident, ELFMAG, SELFMAG) ||
	    elf.e_phentsize != sizeof part)
		return NULL;
	for (int i = 0; i < elf.e_phnum; i++)
		if (pread(fd, &part, sizeof part,
			  (off_t)(elf.e_phoff + (size_t)i * sizeof part)) ==
			    sizeof part &&
		    part.p_type == PT_INTERP &&
		    pread(fd, name, sizeof name - 1, (off_t)part.p_offset) > 0)
			return name; /* a 0 ends it in the file, too */
	return NULL;
}

/* The interpreter that the script FD names; NULL if it is none. execve(2) */
static const char *interpreter(int fd)
{
	static char line[256];
	char *name = line + 2;

	if (pread(fd, line, sizeof line - 1, 0) < 3 || memcmp(line, "#!", 2))
		return NULL;
	name += strspn(name, " \t");
	name[strcspn(name, " \t\n")] = 0;
	return name;
}

const char *what_is_missing(int status, const char *name, int error)
{
	static char text[PATH_MAX + 128];
	int fd = status < 126 ? -1 : open_program(name);
	const char *file;
	struct statvfs fs;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (error == EACCES && !fstat(fd, &st) && st.st_mode & S_IXUSR &&
	    !fstatvfs(fd, &fs) && fs.f_flag & ST_NOEXEC)
		return "its file system is mounted noexec; choose another --rootfs DIR";
	file = loader(fd);
	if (!file)
		file = interpreter(fd);
	if (error != ENOENT || !file || !access(file, F_OK))
		return NULL;
	if (strchr(file, '\r'))
		return "its lines end with CR LF, as on Windows; to mend that: sed -i 's/\\r$//' FILE";
	snprintf(text, sizeof text, "it needs %s, which the rootfs lacks",
		 file);
	return text;
}

void look_at_command(const struct container *c)
{
	int fd = open_program(*c->command);
	ElfW(Ehdr) elf;

	if (fd >= 0 && pread(fd, &elf, sizeof elf, 0) == sizeof elf &&
	    !memcmp(elf.e_ident, ELFMAG, SELFMAG) &&
	    elf.e_machine != __ehdr_start.e_machine)
		warnx("%s is a program for another kind of processor; only qemu-user, if registered on the host, can run it",
		      *c->command);
	if (fd >= 0)
		close(fd);
}
