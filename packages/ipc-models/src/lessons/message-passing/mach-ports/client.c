mach_msg(&message, MACH_SEND_MSG, …); /* service */ // @send
for (int number = 1; number <= QUEUED; number++)
    mach_msg(&job, MACH_SEND_MSG, …); /* jobs */ // @queue
/* a message that carries a right: mach_msg_port_descriptor_t */
descriptor.disposition = MACH_MSG_TYPE_MOVE_SEND; // @pass
mach_msg(&to_deputy, MACH_SEND_MSG, …);
mach_msg(&job, MACH_SEND_MSG, …); // @more
/* MACH_NOTIFY_DEAD_NAME: the receive right is gone */ // @notice
