mach_port_allocate(task, MACH_PORT_RIGHT_RECEIVE, &service);
mach_msg(&message, MACH_RCV_MSG, …); // @receive
descriptor.disposition = MACH_MSG_TYPE_MOVE_RECEIVE; // @pass
mach_msg(&to_successor, MACH_SEND_MSG, …);
mach_msg(&message, MACH_RCV_MSG, …); // @receive-again
