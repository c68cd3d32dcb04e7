ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD); // @seize
for (;;) { // @count
    ptrace(PTRACE_SYSCALL, pid, 0, 0); /* to its next system call */
    waitpid(pid, &status, __WALL);
    if (phase == OVER)
        break;
    count[phase]++;
}
ptrace(PTRACE_DETACH, pid, 0, 0);
