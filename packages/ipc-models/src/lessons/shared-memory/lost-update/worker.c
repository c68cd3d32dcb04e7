for (int time = 0; time < times; time++) {
    /* entry section: sem_wait(s), pthread_mutex_lock(m), or nothing */ // @enter
    register1 = counter; // @load
    register1 = register1 + 1;
    counter = register1; // @store
    /* exit section: sem_post(s), pthread_mutex_unlock(m), or nothing */ // @leave
    /* or, in place of all of it: atomic_fetch_add(&counter, 1) */ // @add
}
