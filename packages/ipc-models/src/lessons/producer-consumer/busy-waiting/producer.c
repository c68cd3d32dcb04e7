while (true) {
    /* produce an item */ // @produce
    produced++; /* and, with a semaphore: sem_post(s) */ // @publish
}
