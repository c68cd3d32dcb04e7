kill(pid, 0); /* is there such a process? */ // @exists
kill(pid, SIGUSR2); // @kill
for (int i = 1; i <= n; i++) {
    tgkill(pid, thread, SIGUSR2); // @kill-blocked
    sigqueue(pid, SIGRTMIN, (union sigval) {i * 100}); // @sigqueue
}
