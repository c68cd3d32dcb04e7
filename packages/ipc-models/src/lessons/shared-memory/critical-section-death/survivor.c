result = pthread_mutex_lock(m); /* or sem_wait(s), which never comes back */ // @enter
if (from + to != 1000) // @look
    ; /* somebody was in the middle of it */
if (result == EOWNERDEAD) {
    to = 1000 - from; // @repair
    pthread_mutex_consistent(m);
}
pthread_mutex_unlock(m); // @leave
