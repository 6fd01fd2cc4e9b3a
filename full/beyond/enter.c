/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * One more process for a container that runs: --enter NAME.
 *
 * setns(2) moves a process into the namespaces of another one, but that is not enough. Each
 * of these steps prevents something:
 *
 *  - By the time that a pid is used it may belong to another process. A pidfd stays with
 *    its process (find.c).
 *  - The limits of the cgroup hold only inside it. So the process joins the cgroup first.
 *  - A process keeps its pid, and therefore its pid namespace. Only a child is in the new
 *    one. That child is the first process that root in the container can see, in /proc.
 *  - Until its exec the child is this program, and has a socket to the host. Root inside
 *    could trace it, or open its exe, fd or mem in /proc/PID (CVE-2016-9962 was this, in
 *    runc). So everything else is closed before, and the process becomes undumpable: then
 *    looking into it takes CAP_SYS_PTRACE in the host's user namespace.
 *  - /bin/sh may have become a script with the interpreter /proc/self/exe. See program.c.
 *  - setns(2) gives the process all capabilities in the container. See confine.c.
 *  - The caller's environment, keys, files and terminal belong to the host. None of them goes
 *    inside, as at the start of a container.
 *  - The command would go on after its caller was killed. See outlive.c.
 */
#include "../../03-mounts/mounts.h"
#include "../lesson.h"
#include "chapters.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

static bool told; /* --enter was given */

void want_to_enter(void)
{
	told = true;
}

/* Without root: become what the launcher is, root of the user namespace in which it made
 * the container's. Only its owner can. */
static void join_launcher(struct container *c)
{
	pid_t pid;
	int launcher;

	if (!c->rootless || !geteuid())
		return;
	close(find_container(c, &pid));
	launcher = (int)syscall(SYS_pidfd_open, pid, 0);
	if (launcher < 0 || setns(launcher, CLONE_NEWUSER))
		err(1, "enter the user namespace of process %d", pid);
	close(launcher);
}

static void join_cgroup(const struct container *c)
{
	join_scope(c); /* scope.c */
	if (c->rootless)
		return;
	say("PID=$$");
	if (cgroup_join(c->name, getpid()))
		exit(1);
}

/* nsenter(1) cannot change the ids inside, so in the commands they are changed before. */
static void say_ids(const struct container *c)
{
	const char *caps = "+sys_admin,+sys_chroot,+sys_ptrace";

	if (c->rootless)
		return;
	say("exec setpriv --reuid %u --regid %u --clear-groups --inh-caps %s --ambient-caps %s sh -e",
	    c->uid, c->gid, caps, caps);
}

/* Move this process into all eight namespaces of the container, and become root (0:0) there.
 * PROCESS is a pidfd of the container's process 1, and C->pid its pid. A single call can enter
 * all eight: then the kernel sees to their order, and enters all of them or none. On an error
 * print one line and exit with status 1. The caller makes a child afterwards, which is in the
 * pid namespace, too. */
static void enter_namespaces(const struct container *c, int process)
{
	const int all = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID |
			CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC |
			CLONE_NEWCGROUP | new_time();

	say("exec nsenter -t %d -a --preserve-credentials sh -e", c->pid);
	if (setns(process, all))
		err(1, "enter the namespaces of process %d", c->pid);
	if (setresgid(0, 0, 0) || setresuid(0, 0, 0))
		err(1, "become root of the container");
}

/* In the container, where its root can see us: become the command. */
__attribute__((noreturn)) static void become_command(struct container *c)
{
	wait_to_be_let_go(c->line);
	bind_to_launcher(c->line);
	set_environment();
	open_terminal(c);   /* terminal.c */
	limit_counts();	    /* counted.c */
	look_at_command(c); /* command.c */
	confine();	    /* confine.c */
	close_from(3);
	release_signals();
	exec_command(c->command);
}

/* Go in, have a child there, and tell its pid. */
__attribute__((noreturn)) static void go_in(struct container *c, int process)
{
	pid_t pid;

	say("sh -e");
	say_inside();
	join_cgroup(c);
	say_ids(c);
	enter_namespaces(c, process);
	/* After the change of ids, which has set it to what fs.suid_dumpable says. */
	if (prctl(PR_SET_DUMPABLE, 0))
		err(1, "PR_SET_DUMPABLE");
	close_all_but_line(c);
	pid = spawn(CLONE_PARENT, -1);
	if (pid == 0)
		become_command(c);
	_exit(send(c->line, &pid, sizeof pid, MSG_NOSIGNAL) != sizeof pid);
}

/* Start the process that goes in. Its child becomes ours: C->pid. */
static void start(struct container *c, int process)
{
	int line[2], status;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line))
		err(1, "socketpair");
	pid = spawn(0, -1);
	if (pid == 0) {
		c->line = line[1];
		go_in(c, process);
	}
	close(line[1]);
	close(process);
	c->line = line[0];
	status = wait_or_end(pid); /* the user with its id may stop it */
	if (status || recv(c->line, &c->pid, sizeof c->pid, MSG_DONTWAIT) !=
			      sizeof c->pid)
		exit(status ? status : 1); /* it has said why */
}

void enter_running(struct container *c, char *argv[])
{
	int process;
	pid_t launcher;

	(void)argv; /* for when program.c is taken out, as in beyond.c */
	if (!told)
		return;
	check_descriptors(); /* descriptors.c */
	find_program();	     /* program.c */
	join_launcher(c);
	become_root(c); /* rootless.c */
	process = find_container(c, &launcher);
	c->uid = root_outside(c->pid, "uid_map");
	c->gid = root_outside(c->pid, "gid_map");
	c->limits.memory = 0;	  /* they are the launcher's to set */
	protect_program(c, argv); /* program.c: may exec itself anew */
	keep_files(c);		  /* files.c */
	give_pipes(c);		  /* descriptors.c */

	hold_signals();
	start(c, process);
	watch_launcher(c); /* outlive.c */
	let_go(c);
	exit(attend(c));
}
