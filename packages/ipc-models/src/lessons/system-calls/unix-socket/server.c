int listening = socket(AF_UNIX, SOCK_STREAM, 0); // @socket
bind(listening, (struct sockaddr *) &path, sizeof path); // @bind
listen(listening, clients); // @listen
while (true) {
    int link = accept(listening, NULL, NULL); // @accept
    getsockopt(link, SOL_SOCKET, SO_PEERCRED, &who, &size); // @credentials
    n = read(link, buffer, sizeof buffer); // @read
    write(link, answer, strlen(answer)); // @write
    close(link);
}
