/* the stub: it looks like the procedure, and sends a message */
char *look_up(int key) {
    write_message(server, (struct call) {id, LOOK_UP, key}); // @load
    if (read_message(server, &reply) == 0)
        return error(PEER_GONE);
    return reply.value;
}
look_up(1); /* at once an error */ // @after
