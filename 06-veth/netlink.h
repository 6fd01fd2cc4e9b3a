/* SPDX-License-Identifier: MIT */
/*
 * netlink.h - send messages to the kernel and read its answers. netlink(7).
 *
 * A message is a header, then the struct that its type has, then attributes. An
 * attribute is a length, a type and a value; the value may be attributes again.
 * Each piece starts at a multiple of 4 bytes. The length of an attribute leaves out the
 * padding after it: for "veth-host" with its 0 that is a header of 4 bytes and 10 more, 14,
 * and 2 bytes of padding follow. The length of what is around it counts those too.
 *
 * The kernel acts on a message while send(2) runs. It answers, if NLM_F_ACK is set or
 * there is an error, with an error number, 0 on success, and often with a sentence
 * that says what was wrong.
 */
#ifndef NETLINK_H
#define NETLINK_H

#include <err.h>
#include <errno.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct netlink {
	int fd;
	size_t len;		  /* bytes in use of out */
	struct nlmsghdr *message; /* the one that is being written, in out */
	int unanswered;	     /* messages that the kernel has yet to answer */
	char error[160];     /* why the last call failed */
	const char *nsenter; /* what -v prints before a command */
	_Alignas(struct nlmsghdr) char out[8192];
};

/* Note why a call failed: ERROR, an errno, and MORE, a sentence or "". Returns -ERROR. */
static inline int nl_fail(struct netlink *nl, int error, const char *more)
{
	snprintf(nl->error, sizeof nl->error, "%s%s%s", strerror(error),
		 *more ? ": " : "", more);
	return -error;
}

/* Open a socket to PROTOCOL, NETLINK_ROUTE or NETLINK_NETFILTER, for the network
 * namespace of this process. 0; or -errno, with the reason in NL->error. */
static inline int nl_open(struct netlink *nl, int protocol)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int on = 1;

	memset(nl, 0, sizeof *nl);
	nl->nsenter = "";
	nl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	/* A connected socket takes messages from the kernel only. */
	if (nl->fd < 0 ||
	    connect(nl->fd, (struct sockaddr *)&kernel, sizeof kernel))
		return nl_fail(nl, errno, "");
	/* Ask for sentences, and for answers without a copy of our message. Without
	 * them errors are only harder to read. */
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
	return 0;
}

/* Append LEN bytes and their padding to the message. Returns where they are. */
static inline void *nl_append(struct netlink *nl, const void *data, size_t len)
{
	char *at = nl->out + nl->len;

	if (NLMSG_ALIGN(len) > sizeof nl->out - nl->len)
		errx(1, "netlink: more than %zu bytes", sizeof nl->out);
	memset(at, 0, NLMSG_ALIGN(len));
	memcpy(at, data, len);
	nl->len += NLMSG_ALIGN(len);
	nl->message->nlmsg_len += (uint32_t)NLMSG_ALIGN(len);
	return at;
}

/* Start a message. TYPE is what to do, such as RTM_NEWLINK; the LEN bytes at FIXED
 * are the struct that TYPE has. FLAGS are NLM_F_ACK, for an answer, and others. */
static inline void nl_begin(struct netlink *nl, int type, int flags,
			    const void *fixed, size_t len)
{
	struct nlmsghdr header = { .nlmsg_len = 0, /* nl_append() counts */
				   .nlmsg_type = (uint16_t)type,
				   .nlmsg_flags = (uint16_t)(NLM_F_REQUEST |
							     flags) };

	if (flags & NLM_F_ACK)
		nl->unanswered++;
	nl->message = (void *)(nl->out + nl->len);
	nl_append(nl, &header, sizeof header);
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

/* Start an attribute of TYPE that holds attributes. What is put until nl_nest_end()
 * is inside it. */
static inline struct nlattr *nl_nest(struct netlink *nl, int type)
{
	struct nlattr header = { NLA_HDRLEN, (uint16_t)type };

	return nl_append(nl, &header, sizeof header);
}

/* Set the length of NEST, which is known only now. */
static inline void nl_nest_end(struct netlink *nl, struct nlattr *nest)
{
	nest->nla_len = (uint16_t)(nl->out + nl->len - (char *)nest);
}

/* The attribute of TYPE in MESSAGE, after its struct of FIXED bytes; or NULL. */
static inline struct nlattr *nl_attribute(struct nlmsghdr *message,
					  size_t fixed, int type)
{
	size_t at = NLMSG_SPACE(fixed), end = message->nlmsg_len;

	while (at + NLA_HDRLEN <= end) {
		struct nlattr *attr = (void *)((char *)message + at);

		if (attr->nla_len < NLA_HDRLEN || attr->nla_len > end - at)
			return NULL;
		if ((attr->nla_type & NLA_TYPE_MASK) == type)
			return attr;
		at += NLA_ALIGN(attr->nla_len);
	}
	return NULL;
}

/* The value of ATTR as a string; "" if ATTR is NULL or no string. */
static inline const char *nl_string(const struct nlattr *attr)
{
	if (!attr || !memchr(attr + 1, 0, attr->nla_len - sizeof *attr))
		return "";
	return (const char *)(attr + 1);
}

/* The result in MESSAGE, of type NLMSG_ERROR, or NLMSG_DONE at the end of a list. 0; or
 * -errno, with the reason in NL->error. */
static inline int nl_result(struct netlink *nl, struct nlmsghdr *message)
{
	struct nlmsgerr *answer = NLMSG_DATA(message);
	const char *more = "";
	/* NLMSG_ERROR: the error number, the header of our message, attributes.
	 * NLMSG_DONE: the number, attributes. */
	size_t fixed = message->nlmsg_type == NLMSG_DONE ? sizeof answer->error
							 : sizeof *answer;

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof answer->error) ||
	    answer->error > 0 || answer->error < -4095) /* is no -errno */
		return nl_fail(nl, EBADMSG, "");
	if (answer->error == 0)
		return 0;
	if (message->nlmsg_flags & NLM_F_ACK_TLVS)
		more = nl_string(
			nl_attribute(message, fixed, NLMSGERR_ATTR_MSG));
	return nl_fail(nl, -answer->error, more);
}

/* What nl_ask() calls for each answer that tells more than success or failure. */
typedef void nl_each(struct nlmsghdr *message, void *data);

/* Go through the N bytes of answers at IN. 0, or -errno. */
static inline int nl_read(struct netlink *nl, char *in, size_t n, nl_each *each,
			  void *data)
{
	int error = 0;

	for (size_t at = 0; at + NLMSG_HDRLEN <= n && !error;) {
		struct nlmsghdr *message = (void *)(in + at);
		int type = message->nlmsg_type;

		if (message->nlmsg_len < NLMSG_HDRLEN ||
		    message->nlmsg_len > n - at)
			return nl_fail(nl, EBADMSG, "");
		if (type == NLMSG_ERROR || type == NLMSG_DONE) {
			error = nl_result(nl, message);
			nl->unanswered--;
		} else if (each) {
			each(message, data);
		}
		at += NLMSG_ALIGN(message->nlmsg_len);
	}
	return error;
}

/* Send what was written and read the answers. EACH, if not NULL, is called with DATA for
 * every message that tells more than success or failure. 0; or -errno of the first
 * failure, with the reason in NL->error. */
static inline int nl_ask(struct netlink *nl, nl_each *each, void *data)
{
	_Alignas(struct nlmsghdr) char in[32768];
	int error = 0;

	if (send(nl->fd, nl->out, nl->len, 0) < 0)
		error = nl_fail(nl, errno, "");
	while (nl->unanswered > 0 && !error) {
		ssize_t n = recv(nl->fd, in, sizeof in, 0);

		if (n >= 0)
			error = nl_read(nl, in, (size_t)n, each, data);
		else if (errno != EINTR)
			error = nl_fail(nl, errno, "");
	}
	/* After an error, skip the answers to the messages that followed. */
	while (error && recv(nl->fd, in, sizeof in, MSG_DONTWAIT) > 0)
		;
	nl->len = 0;
	nl->unanswered = 0;
	return error;
}

static inline int nl_send(struct netlink *nl)
{
	return nl_ask(nl, NULL, NULL);
}

#endif
