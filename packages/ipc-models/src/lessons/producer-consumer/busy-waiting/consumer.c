while (true) {
    while (produced == consumed) // @spin
        ; /* do nothing */
    /* or: sem_wait(s); */ // @sleep
    consumed++; // @consume
}
