/* through shared memory */
for (int time = 0; time < times; time++) {
    atomic_store(ask, ++number); // @store
    while (atomic_load(answer) != number) // @spin
        ; /* do nothing */
}
/* through a socket */
for (int time = 0; time < times; time++) {
    write(fd, message, sizeof message); // @send
    read(fd, message, sizeof message); // @receive
}
