pipe(ends); // @call
mkfifo(name, 0600);
mq_open(name, O_CREAT | O_RDWR, 0600, &attributes);
socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
socket(AF_UNIX, SOCK_STREAM, 0);
socket(AF_INET, SOCK_STREAM, 0);
shm_open(name, O_CREAT | O_RDWR, 0600);
mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
kill(pid, SIGUSR2);
square(12); /* by RPC: in another process */ // @rpc
