/* SPDX-License-Identifier: MIT */
/*
 * netlink.h - send messages to the kernel and read its answers. netlink(7).
 *
 * A message is a header, a struct that depends on the type of the message, and attributes.
 * An attribute is a length, a type and a value. The value may be a list of attributes.
 *
 * Each of these parts is padded to a multiple of 4 bytes. The length of an attribute does not
 * include its own padding, but the length of the attribute or message around it does. For
 * "veth-host" and its final 0, the length is 4 + 10 = 14, and 2 bytes of padding follow.
 *
 * The kernel acts on a message while send(2) runs. On error, or if NLM_F_ACK is set, it
 * answers with an error number, which is 0 on success. To others it often adds a sentence
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

struct netlink {
	int fd;
	size_t len;		  /* bytes in use of out */
	struct nlmsghdr *message; /* the current one, in out */
	int unanswered;	     /* messages that the kernel has yet to answer */
	char error[160];     /* why the last call failed, if it did */
	const char *nsenter; /* the beginning of a command that -v prints */
	_Alignas(struct nlmsghdr) char out[8192];
};

/* Set NL->error to the text of the errno ERROR and MORE, a sentence or "". Returns -ERROR. */
static inline int nl_fail(struct netlink *nl, int error, const char *more)
{
	snprintf(nl->error, sizeof nl->error, "%s%s%s", strerror(error),
		 *more ? ": " : "", more);
	return -error;
}

/* Open a socket in the network namespace of this process. PROTOCOL is NETLINK_ROUTE or
 * NETLINK_NETFILTER. Returns 0, or -errno with the reason in NL->error. */
static inline int nl_open(struct netlink *nl, int protocol)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int on = 1;

	memset(nl, 0, sizeof *nl);
	nl->nsenter = "";
	nl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	/* A connected socket receives messages from the kernel only. */
	if (nl->fd < 0 ||
	    connect(nl->fd, (struct sockaddr *)&kernel, sizeof kernel))
		return nl_fail(nl, errno, "");
	/* Ask for those sentences, and for answers without a copy of our message. If this
	 * fails, errors are only harder to understand. */
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof on);
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof on);
	return 0;
}

/* Append the LEN bytes at DATA, and padding. Returns the copy. Exits 1 if there is no room. */
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

/* Start a message of TYPE, such as RTM_NEWLINK. FIXED is the struct that belongs to TYPE,
 * and has LEN bytes. With NLM_F_ACK in FLAGS, the kernel answers also on success. */
static inline void nl_begin(struct netlink *nl, uint16_t type, uint16_t flags,
			    const void *fixed, size_t len)
{
	struct nlmsghdr header = { .nlmsg_type = type,
				   .nlmsg_flags = NLM_F_REQUEST | flags };

	if (flags & NLM_F_ACK)
		nl->unanswered++;
	nl->message = (void *)(nl->out + nl->len);
	nl_append(nl, &header, sizeof header); /* sets nlmsg_len */
	nl_append(nl, fixed, len);
}

/* Append an attribute of TYPE with the LEN bytes at VALUE. */
static inline void nl_put(struct netlink *nl, uint16_t type, const void *value,
			  size_t len)
{
	struct nlattr header = { .nla_len = (uint16_t)(NLA_HDRLEN + len),
				 .nla_type = type };

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

/* Start an attribute of TYPE that holds the attributes that follow, until nl_nest_end(). */
static inline struct nlattr *nl_nest(struct netlink *nl, uint16_t type)
{
	struct nlattr header = { .nla_len = NLA_HDRLEN, .nla_type = type };

	return nl_append(nl, &header, sizeof header);
}

/* End NEST here: set its length. */
static inline void nl_nest_end(struct netlink *nl, struct nlattr *nest)
{
	nest->nla_len = (uint16_t)(nl->out + nl->len - (char *)nest);
}

/* The attribute of TYPE in MESSAGE, whose struct has FIXED bytes. NULL if there is none. */
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

/* The value of ATTR as a string. "" if ATTR is NULL or not a string. */
static inline const char *nl_string(const struct nlattr *attr)
{
	if (!attr || !memchr(attr + 1, 0, attr->nla_len - sizeof *attr))
		return "";
	return (const char *)(attr + 1);
}

/* Read the result in MESSAGE. Its type is NLMSG_ERROR, or NLMSG_DONE at the end of a list.
 * Returns 0, or -errno with the reason in NL->error. */
static inline int nl_result(struct netlink *nl, struct nlmsghdr *message)
{
	struct nlmsgerr *answer = NLMSG_DATA(message);
	struct nlattr *sentence = NULL;
	/* NLMSG_DONE has only the error number before the attributes. */
	size_t fixed = message->nlmsg_type == NLMSG_DONE ? sizeof answer->error
							 : sizeof *answer;

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof answer->error) ||
	    answer->error > 0 || answer->error < -4095) /* not an -errno */
		return nl_fail(nl, EBADMSG, "");
	if (answer->error == 0)
		return 0;
	if (message->nlmsg_flags & NLM_F_ACK_TLVS)
		sentence = nl_attribute(message, fixed, NLMSGERR_ATTR_MSG);
	return nl_fail(nl, -answer->error, nl_string(sentence));
}

/* nl_ask() calls such a function for each answer that has data. */
typedef void nl_each(struct nlmsghdr *message, void *data);

/* Read the answers in the N bytes at IN. Returns 0 or -errno. */
static inline int nl_read(struct netlink *nl, char *in, size_t n, nl_each *each,
			  void *data)
{
	int error = 0;

	for (size_t at = 0; at < n && !error;) {
		struct nlmsghdr *message = (void *)(in + at);

		if (!NLMSG_OK(message, n - at))
			return nl_fail(nl, EBADMSG, "");
		if (message->nlmsg_type == NLMSG_ERROR ||
		    message->nlmsg_type == NLMSG_DONE) {
			error = nl_result(nl, message);
			nl->unanswered--;
		} else if (each) {
			each(message, data);
		}
		at += NLMSG_ALIGN(message->nlmsg_len);
	}
	return error;
}

/* Send the messages and read the answers. For each answer that is not just a result, call EACH
 * with DATA, unless EACH is NULL. Returns 0, or -errno of the first failure. */
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
