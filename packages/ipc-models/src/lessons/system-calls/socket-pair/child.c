recvmsg(carrier, &message, 0); // @receive
int end = *(int *) CMSG_DATA(CMSG_FIRSTHDR(&message));
n = read(end, buffer, sizeof buffer); // @read
while (more)
    n = read(end, buffer, sizeof buffer); // @rest
write(end, answer, strlen(answer)); // @write
close(end); // @close
