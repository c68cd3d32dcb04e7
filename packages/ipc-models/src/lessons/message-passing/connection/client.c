host = get_hostid("localhost"); // @identify
server = get_processid("server");
connection = open_connection(host, server); // @open
for (int number = 1; number <= MESSAGES; number++) {
    write_message(connection, request); // @write
    read_message(connection, reply); // @read
}
close_connection(connection); // @close
