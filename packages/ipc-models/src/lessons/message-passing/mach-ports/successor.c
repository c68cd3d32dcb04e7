mach_msg(&from_server, MACH_RCV_MSG, …); /* the queue comes along */ // @receive
while (true)
    mach_msg(&job, MACH_RCV_MSG, …); // @job
