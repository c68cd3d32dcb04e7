/* through shared memory */
for (int time = 0; time < times; time++) {
    while (atomic_load(ask) != number + 1) // @spin
        ; /* do nothing */
    atomic_store(answer, ++number); // @store
}
/* through a socket */
for (int time = 0; time < times; time++) {
    read(fd, message, sizeof message); // @receive
    write(fd, message, sizeof message); // @send
}
