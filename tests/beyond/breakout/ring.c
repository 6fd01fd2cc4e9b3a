/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
/*
 * ring MEGABYTES: have the kernel share so much memory with a socket, for the packets that it
 * receives. packet(7)
 */
#include "attack.h"

#include <linux/if_packet.h>
#include <sys/socket.h>

enum { BLOCK = 64 << 10, FRAME = 2 << 10 };

int main(int argc, char *argv[])
{
	unsigned size = argc == 2 ? (unsigned)atoi(argv[1]) << 20 : 0;
	struct tpacket_req ring = { .tp_block_size = BLOCK,
				    .tp_block_nr = size / BLOCK,
				    .tp_frame_size = FRAME,
				    .tp_frame_nr = size / FRAME };
	int packets = socket(AF_PACKET, SOCK_RAW, 0);

	if (packets < 0)
		return HELD;
	return setsockopt(packets, SOL_PACKET, PACKET_RX_RING, &ring,
			  sizeof ring)
		       ? HELD
		       : OUT;
}
