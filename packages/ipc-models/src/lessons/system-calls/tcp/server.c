int listening = socket(AF_INET, SOCK_STREAM, 0); // @socket
bind(listening, (struct sockaddr *) &address, sizeof address); // @bind
listen(listening, 1); // @listen
int link = accept(listening, NULL, NULL); // @accept
getpeername(link, (struct sockaddr *) &peer, &size); // @who
getsockopt(link, SOL_SOCKET, SO_PEERCRED, &who, &size); /* no process known */
read(link, &number, sizeof number); // @read
number = ntohl(number);
write(link, buffer, 4); // @write
close(link); // @close
