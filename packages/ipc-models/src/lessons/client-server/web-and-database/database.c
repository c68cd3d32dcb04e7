// --- over=messages
while (read_message(web, &query)) { // @query
    value = look_up(query.key);
    write_message(web, (struct reply) {query.id, value}); // @reply
}
// ---
// --- over=rpc
char *look_up(int key) { /* svc_run() reads the call, and calls this */
    char *value = find(table, key); // @query
    return value; /* which packs the answer, and sends it */ // @reply
}
// ---
