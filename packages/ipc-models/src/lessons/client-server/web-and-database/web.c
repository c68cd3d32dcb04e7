// --- over=messages
while (true) {
    event = next_event(); /* epoll_wait() */
    if (event.kind == REQUEST)
        write_message(database, (struct query) {id, event.key}); // @request
    else if (event.kind == REPLY)
        respond(waiting[event.id], 200, event.value); // @reply
    else
        for_each(waiting, respond, 503, "the database is gone"); // @gone
}
// ---
// --- over=rpc
void on_request(struct request request) { /* a thread for each */
    char *value = look_up(request.key); // @request
    if (value != NULL)
        respond(request, 200, value); // @reply
    else
        respond(request, 503, clnt_sperror(database, "look_up")); // @gone
}
// ---
