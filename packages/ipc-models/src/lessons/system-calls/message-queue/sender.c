mqd_t queue = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, &attributes); // @open
while (more)
    mq_send(queue, message, strlen(message), priority); /* waits while full */ // @send
