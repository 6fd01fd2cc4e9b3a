/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * What is behind an error.
 *
 * The kernel has few words for many causes. "Operation not permitted" can come from a chroot,
 * from Docker around us or from a profile of AppArmor, and each needs another remedy. This
 * chapter adds the cause to the line, where a test can find it out.
 *
 * For each line that err(3) prints, err.c looks for a row in the table below. A row has words
 * in the line, an error in it, and a test. For another kind of machine, add a row.
 */
#include "../lesson.h"
#include "chapters.h"

#include <sys/stat.h>
#include <sys/utsname.h>

/* Does FILE begin with WORD? */
static bool has(const char *file, const char *word)
{
	char text[256] = "";
	FILE *f = fopen(file, "re");
	bool is_so = f && fgets(text, sizeof text, f) &&
		     !strncmp(text, word, strlen(word));

	if (f)
		fclose(f);
	return is_so;
}

static bool by_limit(void)
{
	return has("/proc/sys/user/max_user_namespaces", "0\n");
}

static bool by_debian(void)
{
	return has("/proc/sys/kernel/unprivileged_userns_clone", "0");
}

static bool by_ubuntu(void)
{
	return has("/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
		   "1");
}

/* Are we in a chroot? On a whole system / is a mount point. */
static bool in_chroot(void)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char line[2 * PATH_MAX], place[PATH_MAX] = "";

	while (mounts && strcmp(place, "/") && fgets(line, sizeof line, mounts))
		if (sscanf(line, "%*s %*s %*s %*s %4095s", place) != 1)
			*place = 0;
	if (mounts)
		fclose(mounts);
	return mounts && strcmp(place, "/");
}

/* Does a profile of AppArmor, such as "docker-default (enforce)", confine us? */
static bool by_profile(void)
{
	char text[256] = "";
	FILE *profile = fopen("/proc/self/attr/current", "re");
	bool is_so = profile && fgets(text, sizeof text, profile) &&
		     strstr(text, "(enforce)");

	if (profile)
		fclose(profile);
	return is_so;
}

/* Is the kernel older than Linux 5.14, the first that has all that is needed here? */
static bool is_old(void)
{
	struct utsname kernel;
	int version, patch;

	return !uname(&kernel) &&
	       sscanf(kernel.release, "%d.%d", &version, &patch) == 2 &&
	       (version < 5 || (version == 5 && patch < 14));
}

/* Are we the machine's root? Only a file system such as NFS or FUSE denies root a folder. */
static bool as_root(void)
{
	return !geteuid() && !user_outside();
}

/* Where we are, and the way out; NULL: in no container. */
static const char *around;

/* This is called at the beginning, since the new container has other namespaces and another
 * root. */
void look_around(const struct container *c)
{
	/* A file; the word that it begins with (NULL: any); and what is said then. */
	static const char *const runtimes[][3] = {
		{ "/.dockerenv", NULL,
		  "this is inside Docker: run it on the host, or start Docker's with --privileged --cgroupns=host" },
		{ "/run/.containerenv", NULL,
		  "this is inside podman, toolbox or distrobox: run it on the host" },
		{ "/run/systemd/container", "lxc",
		  "this is inside LXC: run it on the host, or allow nesting (LXD: security.nesting=true; Proxmox: pct set ID --features nesting=1)" },
		{ "/", NULL,
		  "this is inside a container, or in namespaces like one's: run it outside" },
	};
	/* The kernel gives these numbers to the namespaces that it starts with. */
	const ino_t first_user = 0xEFFFFFFD, first_pid = 0xEFFFFFFC;
	struct stat user, pid;
	int i = 0;

	if (stat("/proc/self/ns/user", &user) ||
	    stat("/proc/self/ns/pid", &pid))
		return;
	if (pid.st_ino == first_pid &&
	    (c->rootless || user.st_ino == first_user))
		return;
	while (runtimes[i][1] ? !has(runtimes[i][0], runtimes[i][1])
			      : access(runtimes[i][0], F_OK))
		i++;
	around = runtimes[i][2];
}

static bool in_runtime(void)
{
	return around;
}

#define DENIED (-1) /* EPERM or EACCES */
#define CHROOT                                                                 \
	"a process in a chroot may make no user namespace: run it outside"
#define OTHER_FS "choose a --rootfs DIR on a file system of Linux's"
#define LOCAL                                                                  \
	"denied even to root, as in a home on FUSE or NFS; choose a --rootfs DIR on a local disk"
#define OLD	  "this kernel is too old: uname -r has to be 5.14 or more"
#define NO_OWNERS "exFAT, NTFS and /mnt/c know no owners; " OTHER_FS

static const struct {
	const char *words; /* in the line */
	int error; /* its text is in the line, too; 0: no matter which */
	bool (*test)(void);
	const char *cause; /* NULL: around */
} causes[] = {
	/* User namespaces. */
	{ "--rootless wants", ENOSPC, by_limit,
	  "none is allowed here; to allow them: sysctl user.max_user_namespaces=10000" },
	{ "--rootless wants", EINVAL, NULL, "this kernel has none" },
	{ "--rootless wants", DENIED, by_debian,
	  "only root may make one here; to allow it: sysctl kernel.unprivileged_userns_clone=1" },
	{ "--rootless wants", DENIED, by_ubuntu,
	  "AppArmor denies it to a program without a profile; TUTORIAL.md, \"Without root\", has one" },
	{ "--rootless wants", DENIED, in_chroot, CHROOT },
	{ "clone3", DENIED, in_chroot, CHROOT },
	{ "no cpu controller in", 0, in_chroot, CHROOT },
	{ "/dev/null", ENOENT, in_chroot, CHROOT },
	{ "/proc/self", ENOENT, NULL,
	  "/proc is not mounted; to mount it: mount -t proc proc /proc" },
	/* The file system of the rootfs. */
	{ "chown /", EPERM, NULL, NO_OWNERS },
	{ "was made, but belongs to", 0, NULL, NO_OWNERS },
	{ "ln -s", EPERM, NULL,
	  "FAT and exFAT have no symbolic links; " OTHER_FS },
	{ "chown ", EINVAL, NULL,
	  "/proc/self/uid_map has no such id, as in LXC; choose a --rootfs DIR that belongs to an ordinary user" },
	{ "", EOVERFLOW, NULL,
	  "that mount maps ids, as a home of systemd-homed's does, and has none for this user; choose another --rootfs DIR" },
	{ "pivot_root", EINVAL, NULL,
	  "a system that runs from its initramfs cannot; switch_root to another file system first" },
	{ "mkdir proc", EACCES, NULL,
	  "the container's user may not write there, as on NFS and without owners; " OTHER_FS },
	/* What is around us. */
	{ "", DENIED, by_profile,
	  "a profile of AppArmor confines this program (/proc/self/attr/current), and may deny it" },
	{ "", EPERM, in_runtime, NULL },
	{ "/sys/fs/cgroup/", EACCES, in_runtime, NULL },
	{ "/proc/", EACCES, in_runtime, NULL },
	{ "mkdir /sys/fs/cgroup/", EROFS, in_runtime, NULL },
	{ "cannot write ", 0, in_runtime, NULL },
	{ "clone3", EPERM, NULL,
	  "a chroot, or a runtime around us, denies it; run it outside" },
	{ "--rootless wants", DENIED, NULL,
	  "a chroot, or a runtime around us, denies it; run it outside" },
	{ "cd /", EACCES, as_root, LOCAL },
	{ "mkdir /", EACCES, as_root, LOCAL },
	/* What an old kernel lacks. */
	{ "", EINVAL, is_old, OLD },
	{ "", ENOSYS, is_old, OLD },
	{ "", EOPNOTSUPP, is_old, OLD },
	{ "busybox --list", 0, is_old, OLD },
	{ "", ENOSYS, NULL,
	  "gVisor, qemu-user, Docker without --privileged, and a service that systemd restricts lack it; run it on the host itself" },
};

static bool names(const char *line, int error)
{
	if (error == DENIED)
		return names(line, EPERM) || names(line, EACCES);
	return !error || strstr(line, strerror(error));
}

const char *cause(int status, const char *line)
{
	/* Step 3 has named the cause itself. */
	if (strstr(line, "run it on the host"))
		return NULL;
	for (size_t i = 0; status < 126 && i < sizeof causes / sizeof *causes;
	     i++)
		if (strstr(line, causes[i].words) &&
		    names(line, causes[i].error) &&
		    (!causes[i].test || causes[i].test()))
			return causes[i].cause ? causes[i].cause : around;
	return NULL;
}
