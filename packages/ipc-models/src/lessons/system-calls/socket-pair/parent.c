int ends[2];
socketpair(AF_UNIX, SOCK_STREAM, 0, ends); // @socketpair
open("/proc/self/fd/N", O_RDWR); /* ENXIO: no path leads to a socket */ // @try-path
message.msg_control = &(struct { struct cmsghdr header; int fd; }) {
    {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS}, ends[1]};
sendmsg(carrier, &message, 0); // @pass
close(ends[1]); // @close
while (more)
    write(ends[0], message, strlen(message)); // @write
n = read(ends[0], buffer, sizeof buffer); /* the same end */ // @read
n = read(ends[0], buffer, sizeof buffer); /* 0: the end */ // @end
