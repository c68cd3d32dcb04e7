int link = socket(AF_UNIX, SOCK_STREAM, 0); // @socket
connect(link, (struct sockaddr *) &path, sizeof path); // @connect
write(link, "I am process 1", 14); // @write
n = read(link, buffer, sizeof buffer); // @read
connect(late, (struct sockaddr *) &path, sizeof path); /* ENOENT: unlinked */ // @late
close(link); // @close
