work(); // @busy
connection = accept_connection(); // @accept
while (read_message(connection, request) > 0) { // @read
    write_message(connection, reply); // @write
}
close_connection(connection); // @close
