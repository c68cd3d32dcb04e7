mach_msg(&from_client, MACH_RCV_MSG, …); /* the kernel gives it a name */ // @receive
mach_msg(&message, MACH_SEND_MSG, …); /* service, by that name */ // @send
