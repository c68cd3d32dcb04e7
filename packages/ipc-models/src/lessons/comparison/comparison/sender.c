clock_gettime(CLOCK_MONOTONIC, &start); // @measure
while (blocks--)
    send(block, bytes); /* pipe: write(); shared memory: memcpy(), then publish */ // @send
acknowledged(); /* a byte back: now the receiver has it */ // @acknowledged
clock_gettime(CLOCK_MONOTONIC, &end);
