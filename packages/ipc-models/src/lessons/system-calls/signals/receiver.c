sigaction(SIGUSR2, &(struct sigaction) {.sa_handler = handler}, NULL); // @handler
sigaction(SIGKILL, &(struct sigaction) {.sa_handler = handler}, NULL); /* EINVAL */ // @uncatchable
sigprocmask(SIG_BLOCK, &set, NULL); // @block
int fd = signalfd(-1, &queued, SFD_NONBLOCK);
sigprocmask(SIG_UNBLOCK, &usr2, NULL); /* handler runs here */ // @unblock
while (read(fd, &info, sizeof info) == sizeof info) // @queued
    use(info.ssi_int);
