/* process `index` of `processes` */
primes = count_primes(2 * index + 1, 2 * processes); // @count
send(parent, primes); // @send
