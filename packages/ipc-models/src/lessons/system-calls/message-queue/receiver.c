mqd_t queue = mq_open(name, O_RDWR); // @open
work(); // @work
mq_receive(queue, buffer, 8, &priority); /* EMSGSIZE */ // @too-small
while (more)
    n = mq_receive(queue, buffer, 64, &priority); // @receive
