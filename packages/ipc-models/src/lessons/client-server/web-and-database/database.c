while (read_message(web, &query)) { // @query
    value = look_up(query.key);
    write_message(web, (struct reply) {query.id, value}); // @reply
}
