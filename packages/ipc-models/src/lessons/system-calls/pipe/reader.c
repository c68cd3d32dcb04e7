int end = open("/proc/PID/fd/N", O_RDONLY); // @open
n = read(end, buffer, sizeof buffer); // @read
work(); // @work
while ((n = read(end, buffer, sizeof buffer)) > 0) // @drain
    ; /* use what came */
/* 0: every writer has closed */ // @end
close(end);
