/* through shared memory */
for (int time = 0; time < times; time++) {
    atomic_store(ask, ++asked); // @store
    while (atomic_load(answer) != asked) // @spin
        ; /* do nothing */
}
/* through a socket */
for (int time = 0; time < times; time++) {
    write(fd, message, sizeof message); // @send
    read(fd, message, sizeof message); // @receive
}
