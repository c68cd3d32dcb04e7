while (more) {
    int link = open_connection(web); // @load
    write_message(link, "GET /key HTTP/1.1\r\n\r\n");
    read_message(link, answer);
    close_connection(link);
}
