int link = socket(AF_INET, SOCK_STREAM, 0); // @socket
connect(link, (struct sockaddr *) &address, sizeof address); // @connect
uint32_t bytes = htonl(number); // @order
write(link, &bytes, sizeof bytes); // @write
read(link, buffer, sizeof buffer); // @read
n = read(link, buffer, sizeof buffer); /* 0: the end */ // @end
