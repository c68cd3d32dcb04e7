sem_wait(s); /* or pthread_mutex_lock(m) */ // @enter
from = from - 100; // @take
/* it is killed here, and holds the lock */ // @die
to = to + 100; // @add
sem_post(s); /* or pthread_mutex_unlock(m) */ // @leave
