mkfifo(name, 0600); // @mkfifo
open(name, O_WRONLY | O_NONBLOCK); /* ENXIO: nobody reads */ // @try
int end = open(name, O_WRONLY); /* waits for a reader */ // @open
write(end, message, strlen(message)); // @write
close(end); // @close
