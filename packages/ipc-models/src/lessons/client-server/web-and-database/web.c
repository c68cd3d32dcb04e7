while (true) {
    event = next_event(); /* epoll_wait() */
    if (event.kind == REQUEST)
        write_message(database, (struct query) {id, event.key}); // @request
    else if (event.kind == REPLY)
        respond(waiting[event.id], 200, event.value); // @reply
    else
        for_each(waiting, respond, 503, "the database is gone"); // @gone
}
