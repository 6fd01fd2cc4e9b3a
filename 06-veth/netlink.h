/* SPDX-License-Identifier: MIT */
/*
 * netlink.h - write messages to the kernel, post them, read what it answers.
 *
 * A message is a header, the fixed struct that its type demands, and then
 * attributes: length, type, value. The value of an attribute may be attributes
 * again. Every piece begins at a multiple of 4 bytes; the padding before the
 * next one is not counted in its length. netlink(7)
 *
 * With NLM_F_ACK a message asks for an answer: an error number, 0 if all went
 * well, and often a sentence about what did not.
 */
#ifndef NETLINK_H
#define NETLINK_H

#include <err.h>
#include <errno.h>
#include <linux/netlink.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct netlink {
	int fd;		     /* or -errno, if it could not be opened */
	uint32_t first, seq; /* numbers of the messages written since nl_post */
	int waiting;	     /* acks still to come */
	size_t len;	     /* bytes in use of out */
	struct nlmsghdr *message; /* the one that was begun last, in out */
	struct nlmsghdr *answer;  /* the next one to read, in in */
	size_t left;		  /* bytes from there on */
	char error[160];	  /* why the last nl_send or nl_dump failed */
	_Alignas(struct nlmsghdr) char out[8192];
	_Alignas(struct nlmsghdr) char in[32768];
};

/* Open a socket to PROTOCOL (NETLINK_ROUTE, NETLINK_NETFILTER). It belongs to
 * the network namespace that this thread is in now, and stays there. If it cannot
 * be, nl_send will say why. */
static inline void nl_open(struct netlink *nl, int protocol)
{
	int on = 1;

	memset(nl, 0, offsetof(struct netlink, out));
	nl->first = 1;
	nl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	if (nl->fd < 0) {
		nl->fd = -errno;
		return;
	}
	/* Sentences in the answers, and no echo of our message. Both only make
	 * errors easier to read, so a kernel that lacks them will do. */
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
}

/* Append LEN bytes and their padding; returns where they went. All writing goes
 * through here: the one place that looks whether there is room. */
static inline void *nl_append(struct netlink *nl, const void *data, size_t len)
{
	void *at = nl->out + nl->len;

	if (NLMSG_ALIGN(len) > sizeof nl->out - nl->len)
		errx(1, "netlink: more than %zu bytes", sizeof nl->out);
	memset(at, 0, NLMSG_ALIGN(len));
	if (len)
		memcpy(at, data, len);
	nl->len += NLMSG_ALIGN(len);
	if (nl->message)
		nl->message->nlmsg_len += (uint32_t)NLMSG_ALIGN(len);
	return at;
}

/* Begin a message: TYPE is the verb (RTM_NEWLINK), FLAGS say how (NLM_F_ACK,
 * NLM_F_CREATE), and the LEN bytes at FIXED are the struct that TYPE demands. */
static inline void nl_begin(struct netlink *nl, int type, int flags,
			    const void *fixed, size_t len)
{
	struct nlmsghdr header = { .nlmsg_len = sizeof header,
				   .nlmsg_type = (uint16_t)type,
				   .nlmsg_flags = (uint16_t)(NLM_F_REQUEST |
							     flags),
				   .nlmsg_seq = ++nl->seq };

	if (flags & NLM_F_ACK)
		nl->waiting++;
	nl->message = NULL; /* or the last one would grow by this header */
	nl->message = nl_append(nl, &header, sizeof header);
	nl_append(nl, fixed, len);
}

/* Append an attribute of TYPE with the LEN bytes at VALUE. */
static inline void nl_put(struct netlink *nl, int type, const void *value,
			  size_t len)
{
	struct nlattr header = { (uint16_t)(NLA_HDRLEN + len), (uint16_t)type };

	nl_append(nl, &header, sizeof header);
	nl_append(nl, value, len);
}

static inline void nl_put_string(struct netlink *nl, int type, const char *text)
{
	nl_put(nl, type, text, strlen(text) + 1);
}

static inline void nl_put_u32(struct netlink *nl, int type, uint32_t number)
{
	nl_put(nl, type, &number, sizeof number);
}

/* Begin an attribute that holds attributes: all that is put from here to
 * nl_nest_end is inside it. */
static inline struct nlattr *nl_nest(struct netlink *nl, int type)
{
	struct nlattr header = { NLA_HDRLEN, (uint16_t)type };

	return nl_append(nl, &header, sizeof header);
}

/* Only now is its length known. */
static inline void nl_nest_end(struct netlink *nl, struct nlattr *nest)
{
	nest->nla_len = (uint16_t)(nl->out + nl->len - (char *)nest);
}

/* The attribute of TYPE among those in the LEN bytes from AT, or NULL. */
static inline struct nlattr *nl_find(void *at, size_t len, int type)
{
	struct nlattr *attr = at;

	while (len >= sizeof *attr && attr->nla_len >= sizeof *attr &&
	       attr->nla_len <= len) {
		size_t step = NLA_ALIGN(attr->nla_len);

		if ((attr->nla_type & NLA_TYPE_MASK) == type)
			return attr;
		if (step >= len)
			return NULL;
		len -= step;
		attr = (struct nlattr *)((char *)attr + step);
	}
	return NULL;
}

/* The same, among the attributes of MESSAGE, after its struct of FIXED bytes. */
static inline struct nlattr *nl_attribute(struct nlmsghdr *message,
					  size_t fixed, int type)
{
	size_t before = NLMSG_HDRLEN + NLMSG_ALIGN(fixed);

	if (message->nlmsg_len < before)
		return NULL;
	return nl_find((char *)message + before, message->nlmsg_len - before,
		       type);
}

/* The value of ATTR as a string, or "" if it is none. */
static inline const char *nl_string(const struct nlattr *attr)
{
	const char *text;

	if (!attr)
		return "";
	text = (const char *)(attr + 1);
	return memchr(text, 0, attr->nla_len - sizeof *attr) ? text : "";
}

/* Note why something failed: ERROR, an errno, and MORE, or "". Returns -ERROR. */
static inline int nl_fail(struct netlink *nl, int error, const char *more)
{
	snprintf(nl->error, sizeof nl->error, "%s%s%s", strerror(error),
		 *more ? ": " : "", more);
	return -error;
}

/* Post what was written; the buffer is empty again. 0, or -errno. */
static inline int nl_post(struct netlink *nl)
{
	ssize_t n = -1;

	if (nl->fd >= 0)
		n = send(nl->fd, nl->out, nl->len, 0);
	else
		errno = -nl->fd;
	nl->len = 0;
	nl->message = NULL;
	nl->left = 0;
	return n < 0 ? nl_fail(nl, errno, "") : 0;
}

/* Is MESSAGE an answer to one of those that were posted last? */
static inline int nl_is_ours(const struct netlink *nl,
			     const struct nlmsghdr *message)
{
	/* Unsigned: one below FIRST wraps round, and is too big as well. */
	return message->nlmsg_seq - nl->first <= nl->seq - nl->first;
}

/* Wait for the next answer; NULL on error, with errno. What does not come from the
 * kernel, or answers something older, is passed over. */
static inline struct nlmsghdr *nl_next(struct netlink *nl)
{
	struct sockaddr_nl from = { 0 };
	socklen_t size = sizeof from;
	ssize_t n;

	for (;;) {
		while (nl->left >= NLMSG_HDRLEN &&
		       nl->answer->nlmsg_len >= NLMSG_HDRLEN &&
		       nl->answer->nlmsg_len <= nl->left) {
			struct nlmsghdr *message = nl->answer;
			size_t step = NLMSG_ALIGN(message->nlmsg_len);

			nl->answer = (void *)((char *)message + step);
			nl->left -= step < nl->left ? step : nl->left;
			if (nl_is_ours(nl, message))
				return message;
		}
		n = recvfrom(nl->fd, nl->in, sizeof nl->in, 0,
			     (struct sockaddr *)&from, &size);
		if (n < 0 && errno != EINTR)
			return NULL;
		nl->answer = (struct nlmsghdr *)nl->in;
		nl->left = n > 0 && from.nl_pid == 0 ? (size_t)n : 0;
	}
}

/* What MESSAGE, of type NLMSG_ERROR, says: 0, or -errno, and then the reason in
 * nl->error with the sentence that the kernel adds. */
static inline int nl_check(struct netlink *nl, struct nlmsghdr *message)
{
	struct nlmsgerr *answer = NLMSG_DATA(message);
	const char *more = "";

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof *answer))
		return nl_fail(nl, EBADMSG, "");
	if (!answer->error)
		return 0;
	if (answer->error > 0 || answer->error < -4095)
		return nl_fail(nl, EBADMSG, ""); /* not minus an errno */
	if (message->nlmsg_flags & NLM_F_ACK_TLVS)
		more = nl_string(nl_attribute(message, sizeof *answer,
					      NLMSGERR_ATTR_MSG));
	return nl_fail(nl, -answer->error, more);
}

/* Post the messages and wait for their acks. 0; or -errno of the first one that
 * failed, and the reason in nl->error. */
static inline int nl_send(struct netlink *nl)
{
	int error = nl_post(nl);

	while (nl->waiting > 0 && !error) {
		struct nlmsghdr *message = nl_next(nl);

		if (!message) {
			error = nl_fail(nl, errno, "");
		} else if (message->nlmsg_type == NLMSG_ERROR) {
			nl->waiting--;
			error = nl_check(nl, message);
		}
	}
	nl->waiting = 0;
	nl->first = nl->seq + 1;
	return error;
}

/* Post one message that has NLM_F_DUMP, and call EACH, with DATA, for every message
 * that the kernel sends back. 0; or -errno, and the reason in nl->error. */
static inline int nl_dump(struct netlink *nl,
			  void (*each)(struct nlmsghdr *message, void *data),
			  void *data)
{
	int error = nl_post(nl);

	while (!error) {
		struct nlmsghdr *message = nl_next(nl);

		if (!message)
			error = nl_fail(nl, errno, "");
		else if (message->nlmsg_type == NLMSG_DONE)
			break;
		else if (message->nlmsg_type == NLMSG_ERROR)
			error = nl_check(nl, message);
		else
			each(message, data);
	}
	nl->first = nl->seq + 1;
	return error;
}

#endif
