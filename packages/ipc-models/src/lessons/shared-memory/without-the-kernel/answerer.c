/* through shared memory */
do {
    while (atomic_load(ask) == answered) // @spin
        ; /* do nothing */
    answered = atomic_load(ask);
    atomic_store(answer, answered); // @store
} while (answered != STOP);
/* through a socket */
do {
    read(fd, message, sizeof message); // @receive
    write(fd, message, sizeof message); // @send
} while (message->number != STOP);
